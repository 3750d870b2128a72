package io.embeddingexport.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Receives metrics over OTLP/HTTP, as an OpenTelemetry Collector does, and keeps their names and
 * attributes.
 */
final class OtlpReceiver implements AutoCloseable {
  private static final String PATH = "/v1/metrics";

  private final HttpServer server;
  private final Map<String, Set<Map<String, String>>> metrics = new ConcurrentHashMap<>();
  private final Set<String> services = ConcurrentHashMap.newKeySet();

  private OtlpReceiver(HttpServer server) {
    this.server = server;
  }

  static OtlpReceiver start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    OtlpReceiver receiver = new OtlpReceiver(server);
    server.createContext(PATH, receiver::receive);
    server.start();
    return receiver;
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + PATH;
  }

  Set<String> names() {
    return metrics.keySet();
  }

  /** `service.name` of the resources that sent. */
  Set<String> services() {
    return services;
  }

  /** The attributes of each series of that name. */
  Set<Map<String, String>> attributes(String name) {
    return metrics.getOrDefault(name, Set.of());
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      ExportMetricsServiceRequest request =
          ExportMetricsServiceRequest.parseFrom(exchange.getRequestBody());
      for (var resource : request.getResourceMetricsList()) {
        String service = attributes(resource.getResource().getAttributesList()).get("service.name");
        services.add(String.valueOf(service));
        for (var scope : resource.getScopeMetricsList()) {
          scope.getMetricsList().forEach(this::keep);
        }
      }
      // An empty ExportMetricsServiceResponse: everything was taken.
      exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(200, -1);
    }
  }

  private void keep(Metric metric) {
    Set<Map<String, String>> series =
        metrics.computeIfAbsent(metric.getName(), name -> ConcurrentHashMap.newKeySet());
    metric
        .getGauge()
        .getDataPointsList()
        .forEach(p -> series.add(attributes(p.getAttributesList())));
    metric.getSum().getDataPointsList().forEach(p -> series.add(attributes(p.getAttributesList())));
    metric
        .getSummary()
        .getDataPointsList()
        .forEach(p -> series.add(attributes(p.getAttributesList())));
  }

  private static Map<String, String> attributes(List<KeyValue> attributes) {
    return attributes.stream()
        .collect(Collectors.toMap(KeyValue::getKey, pair -> pair.getValue().getStringValue()));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
