package io.embeddingexport.it;

import io.embeddingexport.local.FreePort;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A broker for histories: with two more ways to it, and transactions that expire soon. */
final class HistoryBroker implements AutoCloseable {
  private final Kafka kafka;
  private final List<Relay> relays;

  private HistoryBroker(Kafka kafka, List<Relay> relays) {
    this.kafka = kafka;
    this.relays = relays;
  }

  static HistoryBroker start() {
    return start(Map.of());
  }

  /**
   * @param settings of the broker, beside those it needs
   */
  static HistoryBroker start(Map<String, String> settings) {
    int first = FreePort.find();
    int second = FreePort.find();
    List<Relay> relays = List.of(Relay.to(first), Relay.to(second));
    Map<String, String> all = new java.util.HashMap<>(settings);
    all.put("listeners", "A://127.0.0.1:" + first + ",B://127.0.0.1:" + second);
    all.put(
        "listener.security.protocol.map",
        "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,A:PLAINTEXT,B:PLAINTEXT");
    all.put("inter.broker.listener.name", "PLAINTEXT");
    all.put(
        "advertised.listeners",
        "A://127.0.0.1:" + relays.get(0).port() + ",B://127.0.0.1:" + relays.get(1).port());
    all.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "500");
    return new HistoryBroker(new Kafka(BrokerProcess.start(all)), relays);
  }

  /** Lets the job's transactions expire after 10 s. */
  static void expireSoon(Map<String, String> options) {
    options.put("input.discovery-interval", "500 ms");
    options.put("flink.execution.checkpointing.timeout", "4 s");
    options.put("flink.execution.checkpointing.tolerable-failed-checkpoints", "0");
    options.put("output.transaction-timeout", "10 s");
  }

  List<Relay> relays() {
    return relays;
  }

  Kafka kafka() {
    return kafka;
  }

  /** Runs one history. */
  void run(long seed, int steps, Path directory) throws Exception {
    List<String> log = new ArrayList<>();
    try (History history = new History(kafka, relays, directory, seed, log::add)) {
      history.run(steps);
    } catch (Exception | AssertionError e) {
      throw new AssertionError("seed " + seed + ":\n  " + String.join("\n  ", log), e);
    } finally {
      relays.forEach(Relay::thaw);
    }
  }

  @Override
  public void close() {
    kafka.close();
    relays.forEach(Relay::close);
  }
}
