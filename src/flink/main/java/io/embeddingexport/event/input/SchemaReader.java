package io.embeddingexport.event.input;

import io.embeddingexport.event.EventFormat;
import io.embeddingexport.event.input.SchemaSource.InFile;
import io.embeddingexport.event.input.SchemaSource.InRegistry;
import io.embeddingexport.event.registry.RegistrySettings;
import io.embeddingexport.text.FieldReader;
import io.embeddingexport.text.Node;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads where the schema of an input is.
 *
 * <pre>
 * schema = {file: name [, message: full name]}
 *        | {registry: url [, user: name, password-file: file | token-file: file] [, ca-file: file]
 *           [, timeout-seconds: number]}
 * </pre>
 */
final class SchemaReader {
  private static final List<String> FIELDS =
      List.of(
          "file",
          "message",
          "registry",
          "user",
          "password-file",
          "token-file",
          "ca-file",
          "timeout-seconds");
  private static final long MOST_SECONDS = Duration.ofDays(1).toSeconds();

  private final FieldReader fields;

  private SchemaReader(FieldReader fields) {
    this.fields = fields;
  }

  /**
   * The schema's place; null if there is none, or a wrong one.
   *
   * @param format null if unknown
   */
  static @Nullable SchemaSource read(
      FieldReader input, @Nullable EventFormat format, List<String> problems) {
    boolean needed = format == EventFormat.AVRO || format == EventFormat.PROTOBUF;
    Node node =
        needed && !isKserve(input)
            ? input.require("schema", "write {registry: URL} or {file: NAME}")
            : input.get("schema");
    if (node == null) {
      return null;
    }
    if (!needed && format != null) {
      input.problem("schema", node, "is for avro and protobuf; remove it");
      return null;
    }
    if (!(node instanceof Node.Mapping mapping)) {
      input.problem("schema", node, "is neither {registry: URL} nor {file: NAME}");
      return null;
    }
    SchemaReader reader =
        new SchemaReader(new FieldReader(mapping, input.path("schema"), FIELDS, problems));
    return reader.read(format == EventFormat.PROTOBUF);
  }

  private static boolean isKserve(FieldReader input) {
    return "kserve-v2".equals(input.has("preset") ? input.word("preset") : null);
  }

  private @Nullable SchemaSource read(boolean protobuf) {
    boolean inFile = fields.has("file");
    if (inFile == fields.has("registry")) {
      fields.problem(
          "",
          fields.line(),
          inFile
              ? "has file and registry; keep one"
              : "has neither file nor registry; write one of them");
      return null;
    }
    return inFile ? file(protobuf) : registry();
  }

  private @Nullable SchemaSource file(boolean protobuf) {
    String message = fields.text("message");
    if (protobuf) {
      fields.require("message", "write the full name of the events' message: package.Message");
    } else if (message != null) {
      fields.problem("message", fields.line("message"), "is for protobuf; remove it");
    }
    String file = fields.text("file");
    return file == null ? null : new InFile(file, message);
  }

  private @Nullable SchemaSource registry() {
    URI url = url();
    String user = fields.text("user");
    String passwordFile = fields.text("password-file");
    String tokenFile = fields.text("token-file");
    if (user == null != (passwordFile == null)) {
      fields.problem("user", fields.line(), "needs password-file, and that needs user");
    }
    if (user != null && tokenFile != null) {
      fields.problem("token-file", fields.line("token-file"), "and user are both given; keep one");
    }
    Duration timeout = timeout();
    return url == null
        ? null
        : new InRegistry(
            new RegistrySettings(
                url, user, passwordFile, tokenFile, fields.text("ca-file"), timeout));
  }

  private Duration timeout() {
    Long seconds = fields.integer("timeout-seconds");
    if (seconds == null) {
      return RegistrySettings.DEFAULT_TIMEOUT;
    }
    if (seconds < 1 || seconds > MOST_SECONDS) {
      fields.problem(
          "timeout-seconds", fields.line("timeout-seconds"), "must be 1 to " + MOST_SECONDS);
      return RegistrySettings.DEFAULT_TIMEOUT;
    }
    return Duration.ofSeconds(seconds);
  }

  private @Nullable URI url() {
    String text = fields.text("registry");
    if (text == null) {
      return null;
    }
    String problem = "is not an http or https URL; write one like http://registry:8081";
    try {
      URI url = new URI(text);
      boolean valid =
          ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
              && url.getHost() != null
              && url.getQuery() == null
              && url.getFragment() == null;
      if (url.getUserInfo() != null) {
        valid = false;
        problem = "has a user in it, which logs would show; write user and password-file";
      }
      if (valid) {
        return url;
      }
    } catch (URISyntaxException e) {
      // The problem is the same.
    }
    fields.problem("registry", fields.line("registry"), problem);
    return null;
  }
}
