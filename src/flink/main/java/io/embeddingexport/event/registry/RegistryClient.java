package io.embeddingexport.event.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Asks a registry by the HTTP API that Confluent's has, and Apicurio's and Karapace's too.
 *
 * <pre>
 * GET /schemas/ids/ID                     {"schema": text, "schemaType"?: type, "references"?: [reference*]}
 * GET /subjects/SUBJECT/versions/VERSION  the same, and its id; VERSION is a number, or latest
 * reference = {"name": text, "subject": text, "version": number}
 * </pre>
 *
 * One question at a time; not thread-safe.
 */
final class RegistryClient {
  private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
  private static final int ANSWER_TIMEOUT_MILLIS = 10_000;

  /** Longest answer that is read, in bytes. */
  private static final int MAX_ANSWER_BYTES = 8 << 20;

  private static final int MAX_REFERENCES = 1_000;

  private static final Set<Integer> UNKNOWN_SCHEMA = Set.of(40403);
  private static final Set<Integer> UNKNOWN_SUBJECT = Set.of(40401, 40402);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String url;
  private final @Nullable String authorization;
  private final @Nullable SSLContext tls;

  /**
   * @throws RegistryProblemException if a file of the settings cannot be read
   */
  RegistryClient(RegistrySettings settings) throws RegistryProblemException {
    String text = settings.url().toString();
    this.url = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    this.authorization = authorization(settings);
    this.tls =
        settings.caFile() == null ? null : TrustedCertificates.of(Path.of(settings.caFile()));
  }

  private static @Nullable String authorization(RegistrySettings settings)
      throws RegistryProblemException {
    if (settings.tokenFile() != null) {
      return "Bearer " + secret(settings.tokenFile());
    }
    if (settings.passwordFile() == null) {
      return null;
    }
    String login = settings.user() + ":" + secret(settings.passwordFile());
    return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
  }

  private static String secret(String file) throws RegistryProblemException {
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      throw new RegistryProblemException(
          "the registry's secret cannot be read from " + file + "; check the file");
    }
  }

  /** Fetches the schema of an id, with all that it refers to. */
  RegisteredSchema schema(int id) throws RegistryProblemException, UnknownSchemaException {
    // Ids are unsigned on the wire, and positive in the API.
    String text = Integer.toUnsignedString(id);
    return schema(ask("/schemas/ids/" + text, "schema " + text, UNKNOWN_SCHEMA), "schema " + text);
  }

  /** Fetches the newest schema of a subject, with all that it refers to. */
  FoundSchema latest(String subject) throws RegistryProblemException, UnknownSchemaException {
    String what = "subject '" + subject + "'";
    JsonNode answer = ask(path(subject, "latest"), what, UNKNOWN_SUBJECT);
    RegisteredSchema schema = schema(answer, what);
    return new FoundSchema(
        (int) answer.path("id").asLong(),
        schema,
        schema.type().equals(RegisteredSchema.PROTOBUF) ? List.of(0) : List.of());
  }

  private RegisteredSchema schema(JsonNode answer, String what)
      throws RegistryProblemException, UnknownSchemaException {
    Map<String, String> references = new HashMap<>();
    addReferences(answer, references, what);
    return new RegisteredSchema(
        answer.path("schemaType").asText(RegisteredSchema.AVRO), text(answer), references);
  }

  private static String path(String subject, String version) {
    String encoded = URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    return "/subjects/" + encoded + "/versions/" + version;
  }

  private void addReferences(JsonNode schema, Map<String, String> references, String what)
      throws RegistryProblemException, UnknownSchemaException {
    for (JsonNode reference : schema.path("references")) {
      String name = reference.path("name").asText();
      if (references.containsKey(name)) {
        continue;
      }
      if (references.size() == MAX_REFERENCES) {
        throw new RegistryProblemException(
            url + ": " + what + " refers to more than " + MAX_REFERENCES + " others");
      }
      String version = Integer.toString(reference.path("version").asInt());
      JsonNode answer =
          ask(path(reference.path("subject").asText(), version), what, UNKNOWN_SCHEMA);
      references.put(name, text(answer));
      addReferences(answer, references, what);
    }
  }

  private String text(JsonNode answer) throws RegistryProblemException {
    JsonNode schema = answer.get("schema");
    if (schema == null || !schema.isTextual()) {
      throw new RegistryProblemException(
          url + " answered without a schema; check that it is a schema registry");
    }
    return schema.asText();
  }

  /** Asks whether there is a registry that lets us in. */
  void probe() throws RegistryProblemException {
    try {
      ask("/schemas/types", "list of types", UNKNOWN_SCHEMA);
    } catch (UnknownSchemaException e) {
      throw new RegistryProblemException(url + " is no schema registry; check the URL");
    }
  }

  /**
   * @param what it is, for a sentence that says that the registry does not have it
   * @param unknown the errors that say so
   */
  private JsonNode ask(String path, String what, Set<Integer> unknown)
      throws RegistryProblemException, UnknownSchemaException {
    try {
      HttpURLConnection connection = connection(path);
      try {
        int status = connection.getResponseCode();
        return read(status, body(connection, status), what, unknown);
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      throw new RegistryProblemException(url + " " + cause(e));
    }
  }

  /** A connection for one question. It has no threads, which would outlive the task. */
  private HttpURLConnection connection(String path) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(url + path).toURL().openConnection();
    if (tls != null && connection instanceof HttpsURLConnection https) {
      https.setSSLSocketFactory(tls.getSocketFactory());
    }
    connection.setConnectTimeout(CONNECT_TIMEOUT_MILLIS);
    connection.setReadTimeout(ANSWER_TIMEOUT_MILLIS);
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setRequestProperty(
        "Accept", "application/vnd.schemaregistry.v1+json, application/json");
    if (authorization != null) {
      connection.setRequestProperty("Authorization", authorization);
    }
    return connection;
  }

  private static byte[] body(HttpURLConnection connection, int status) throws IOException {
    try (InputStream body =
        status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
      return body == null ? new byte[0] : body.readNBytes(MAX_ANSWER_BYTES);
    }
  }

  private static String cause(IOException e) {
    if (e instanceof SocketTimeoutException) {
      return "does not answer; check the registry, and the network to it";
    }
    if (e instanceof SSLException) {
      return "refuses TLS or has a certificate that is not trusted; check the URL and ca-file ("
          + e.getMessage()
          + ")";
    }
    return e instanceof ConnectException
            || e instanceof NoRouteToHostException
            || e instanceof UnknownHostException
        ? "cannot be reached; check the URL, and whether the registry runs"
        : "broke the connection; check the registry (" + e.getClass().getSimpleName() + ")";
  }

  private JsonNode read(int status, byte[] body, String what, Set<Integer> unknown)
      throws RegistryProblemException, UnknownSchemaException {
    JsonNode answer;
    try {
      answer = JSON.readTree(body);
    } catch (IOException e) {
      answer = JSON.missingNode();
    }
    if (status == 404 && unknown.contains(answer.path("error_code").asInt())) {
      throw new UnknownSchemaException(
          "the registry has no "
              + what
              + "; check that producer and job use the same registry ("
              + url
              + ")");
    }
    if (status == 401 || status == 403) {
      throw new RegistryProblemException(
          url + " answered " + status + "; check the user, password or token of the registry");
    }
    if (status != 200) {
      throw new RegistryProblemException(
          url + " answered " + status + "; check the URL and the registry's log");
    }
    if (!answer.isContainerNode()) {
      throw new RegistryProblemException(
          url + " answered something other than JSON; check that it is a schema registry");
    }
    return answer;
  }
}
