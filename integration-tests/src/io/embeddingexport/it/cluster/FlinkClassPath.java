package io.embeddingexport.it.cluster;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Flink's {@code lib/}, gathered from the test's own class path: Flink's modules and what they
 * need, and nothing of the job. What the job needs must be in its jar, or the cluster lacks it.
 */
public final class FlinkClassPath {
  /** Groups that flink-dist contains or Flink's lib/ has beside it. */
  private static final List<String> GROUPS =
      List.of(
          "org/apache/flink/",
          "org/apache/logging/log4j/",
          "org/slf4j/slf4j-api/",
          "com/esotericsoftware/",
          "com/ibm/icu/",
          "org/objenesis/",
          "org/javassist/",
          "org/snakeyaml/",
          "org/roaringbitmap/",
          "org/xerial/snappy/",
          "at/yawk/lz4/",
          "org/lz4/",
          "commons-cli/",
          "commons-io/",
          "commons-collections/",
          "org/apache/commons/commons-",
          "tools/profiler/async-profiler/");

  private FlinkClassPath() {}

  public static String value() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(FlinkClassPath::isFlinks)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static boolean isFlinks(String entry) {
    String path = Path.of(entry).toUri().getPath();
    return path.endsWith(".jar")
        && GROUPS.stream().anyMatch(group -> path.contains("/" + group))
        && !path.contains("/flink-connector-kafka/")
        && !path.endsWith("-tests.jar");
  }
}
