package io.embeddingexport.cli.inputs;

import io.embeddingexport.cli.clients.ArgumentCheck;
import io.embeddingexport.cli.proposal.SchemaHint;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that say where the schema of messages is. */
final class SchemaOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--schema",
      paramLabel = "FILE",
      description =
          "For a proposal: the messages' schema. Avro (.avsc), or Protobuf (.proto, or a descriptor"
              + " set).")
  private @Nullable Path schema;

  @Option(
      names = "--message",
      paramLabel = "NAME",
      description = "Full name of the Protobuf message, if the schema's file has several.")
  private @Nullable String message;

  @Option(
      names = "--registry",
      paramLabel = "URL",
      description = "For a proposal: the schema registry that the messages' ids are of.")
  private @Nullable String registry;

  @Option(names = "--registry-user", paramLabel = "NAME", description = "A user of the registry.")
  private @Nullable String user;

  @Option(
      names = "--registry-password-file",
      paramLabel = "FILE",
      description = "The file with that user's password.")
  private @Nullable String passwordFile;

  @Option(
      names = "--registry-token-file",
      paramLabel = "FILE",
      description = "A file with a bearer token for the registry.")
  private @Nullable String tokenFile;

  @Option(
      names = "--registry-ca-file",
      paramLabel = "FILE",
      description = "PEM certificates that the registry's is checked against.")
  private @Nullable String caFile;

  /** Whether any is given. */
  boolean areGiven() {
    return schema != null || registry != null;
  }

  SchemaHint hint() {
    ArgumentCheck.require(
        spec, schema == null || registry == null, "--schema and --registry: give one of them");
    ArgumentCheck.require(
        spec, message == null || schema != null, "--message: needs --schema, a Protobuf file");
    Map<String, String> login = new LinkedHashMap<>();
    put(login, "user", user);
    put(login, "password-file", passwordFile);
    put(login, "token-file", tokenFile);
    put(login, "ca-file", caFile);
    ArgumentCheck.require(
        spec, login.isEmpty() || registry != null, "--registry-…: needs --registry URL");
    return new SchemaHint(schema, message, registry, login);
  }

  private static void put(Map<String, String> login, String field, @Nullable String value) {
    if (value != null) {
      login.put(field, value);
    }
  }
}
