package io.embeddingexport.benchmarks.pipeline;

/**
 * What a process has used since it started.
 *
 * @param allocatedBytes by its threads; those that have ended are not counted
 * @param compilerNanos of {@code cpuNanos}, those of the JVM's compilers
 */
record Usage(long cpuNanos, long gcMillis, long allocatedBytes, long compilerNanos) {

  static Usage parse(String answer) {
    String[] numbers = answer.split(" ");
    return new Usage(
        Long.parseLong(numbers[0]),
        Long.parseLong(numbers[1]),
        Long.parseLong(numbers[2]),
        Long.parseLong(numbers[3]));
  }
}
