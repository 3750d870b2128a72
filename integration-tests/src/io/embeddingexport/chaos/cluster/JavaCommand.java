package io.embeddingexport.chaos.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes the commands of small JVMs: many of them share few cores, and start often. */
final class JavaCommand {
  private static final List<String> LEAN =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Xss512k");

  /** With this JVM's class path. */
  ProcessNode.Launch launch(String heap, String log4j, String main, String argument) {
    List<String> command = new ArrayList<>(LEAN);
    command.add(heap);
    command.add("-Dlog4j2.configurationFile=" + resource(log4j));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main);
    command.add(argument);
    return new ProcessNode.Launch(command, Map.of());
  }

  /** Options that go before others. */
  List<String> lean() {
    return LEAN;
  }

  static String resource(String name) {
    return String.valueOf(JavaCommand.class.getResource("/" + name));
  }
}
