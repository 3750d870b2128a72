package io.embeddingexport.benchmarks.pipeline;

/**
 * What one contestant did in one round, after its warm-up.
 *
 * @param messagesPerSecond written
 * @param clientMicros CPU time of the contestant's process, µs a message
 * @param compilerMicros of these, what the JVM's compilers took: less, the longer a job runs
 * @param brokerMicros CPU time of the broker, µs a message
 * @param allocatedBytes in the contestant's threads, a message
 * @param gcPercent of the time that its garbage collector stopped it
 */
public record Measurement(
    double messagesPerSecond,
    double clientMicros,
    double compilerMicros,
    double brokerMicros,
    double allocatedBytes,
    double gcPercent) {

  /** Where the counters stood at one moment. */
  record Moment(long nanos, long messages, Usage client, long brokerNanos) {}

  static Measurement between(Moment start, Moment end) {
    double messages = end.messages() - start.messages();
    double nanos = end.nanos() - start.nanos();
    return new Measurement(
        messages / nanos * 1e9,
        (end.client().cpuNanos() - start.client().cpuNanos()) / messages / 1e3,
        (end.client().compilerNanos() - start.client().compilerNanos()) / messages / 1e3,
        (end.brokerNanos() - start.brokerNanos()) / messages / 1e3,
        (end.client().allocatedBytes() - start.client().allocatedBytes()) / messages,
        (end.client().gcMillis() - start.client().gcMillis()) * 1e6 / nanos * 100);
  }
}
