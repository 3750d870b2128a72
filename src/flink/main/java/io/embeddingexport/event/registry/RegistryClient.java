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
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Asks a registry by the HTTP API that Confluent's has, and Apicurio's and Karapace's too.
 *
 * <pre>
 * GET /schemas/ids/ID                     {"schema": text, "schemaType"?: type, "references"?: [reference*]}
 * GET /subjects/SUBJECT/versions/VERSION  the same
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
  private static final int UNKNOWN_SCHEMA = 40403;

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
    JsonNode answer = ask("/schemas/ids/" + Integer.toUnsignedString(id), id);
    Map<String, String> references = new HashMap<>();
    addReferences(answer, references, id);
    return new RegisteredSchema(
        answer.path("schemaType").asText(RegisteredSchema.AVRO), text(answer), references);
  }

  private void addReferences(JsonNode schema, Map<String, String> references, int id)
      throws RegistryProblemException, UnknownSchemaException {
    for (JsonNode reference : schema.path("references")) {
      String name = reference.path("name").asText();
      if (references.containsKey(name)) {
        continue;
      }
      if (references.size() == MAX_REFERENCES) {
        throw new RegistryProblemException(
            url + ": schema " + id + " refers to more than " + MAX_REFERENCES + " others");
      }
      String subject =
          URLEncoder.encode(reference.path("subject").asText(), StandardCharsets.UTF_8)
              .replace("+", "%20");
      JsonNode answer =
          ask("/subjects/" + subject + "/versions/" + reference.path("version").asInt(), id);
      references.put(name, text(answer));
      addReferences(answer, references, id);
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
      ask("/schemas/types", 0);
    } catch (UnknownSchemaException e) {
      throw new RegistryProblemException(url + " is no schema registry; check the URL");
    }
  }

  private JsonNode ask(String path, int id)
      throws RegistryProblemException, UnknownSchemaException {
    try {
      HttpURLConnection connection = connection(path);
      try {
        int status = connection.getResponseCode();
        return read(status, body(connection, status), id);
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

  private JsonNode read(int status, byte[] body, int id)
      throws RegistryProblemException, UnknownSchemaException {
    JsonNode answer;
    try {
      answer = JSON.readTree(body);
    } catch (IOException e) {
      answer = JSON.missingNode();
    }
    if (status == 404 && answer.path("error_code").asInt() == UNKNOWN_SCHEMA) {
      throw new UnknownSchemaException(
          "the registry has no schema "
              + Integer.toUnsignedString(id)
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
          url + " answered something else than JSON; check that it is a schema registry");
    }
    return answer;
  }
}
