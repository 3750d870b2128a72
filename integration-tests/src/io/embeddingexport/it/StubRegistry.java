package io.embeddingexport.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A schema registry's HTTP API in this process; it can be out of order for a while. */
final class StubRegistry implements AutoCloseable {
  private static final String SCHEMAS = "/schemas/ids/";
  private static final String SUBJECTS = "/subjects/";

  private final HttpServer server;

  /** By path. */
  private final Map<String, String> answers = new ConcurrentHashMap<>();

  private final AtomicInteger refused = new AtomicInteger();
  private volatile boolean isBroken;

  StubRegistry() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/",
        exchange -> {
          String answer = answers.get(exchange.getRequestURI().getPath());
          int status = isBroken ? 500 : answer == null ? 404 : 200;
          refused.addAndGet(isBroken ? 1 : 0);
          byte[] body = (answer == null ? "{\"error_code\":40403}" : answer).getBytes(UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  void register(int id, String type, String schema) {
    answers.put(SCHEMAS + id, json(Map.of("schema", schema, "schemaType", type)));
  }

  /** Registers a schema as the newest of a subject, too. */
  void register(String subject, int id, String type, String schema) {
    register(id, type, schema);
    answers.put(
        SUBJECTS + subject + "/versions/latest",
        json(Map.of("schema", schema, "schemaType", type, "id", id)));
  }

  private static String json(Map<String, Object> answer) {
    try {
      return new ObjectMapper().writeValueAsString(answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether every question is answered by an error. */
  void setBroken(boolean broken) {
    isBroken = broken;
  }

  /** Questions that were answered by an error. */
  int refused() {
    return refused.get();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
