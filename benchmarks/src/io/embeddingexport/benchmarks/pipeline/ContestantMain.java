package io.embeddingexport.benchmarks.pipeline;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A contestant's process. For each line on its standard input it says what it has used up to now,
 * and it ends with its standard input.
 */
public final class ContestantMain {
  /** Before each answer: libraries print to standard output, too. */
  static final String ANSWER = "usage ";

  private ContestantMain() {}

  public static void main(String[] args) throws Exception {
    Thread answers = new Thread(ContestantMain::answer, "answers");
    answers.setDaemon(true);
    answers.start();
    List<String> arguments = List.of(args);
    Contestant contestant = Contestant.valueOf(arguments.get(0));
    contestant.run(ContestantSettings.parse(arguments.subList(1, arguments.size())));
  }

  private static void answer() {
    BufferedReader questions =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try {
      while (questions.readLine() != null) {
        System.out.println(ANSWER + now());
      }
    } catch (java.io.IOException e) {
      // The parent is gone.
    }
    Runtime.getRuntime().halt(0);
  }

  /** CPU ns, GC ms, bytes allocated by the threads that live, CPU ns of its compilers. */
  private static String now() {
    long cpu =
        ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    long gc =
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .mapToLong(GarbageCollectorMXBean::getCollectionTime)
            .sum();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated =
        Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
            .filter(bytes -> bytes > 0)
            .sum();
    return cpu + " " + gc + " " + allocated + " " + CompilerThreads.cpuNanos();
  }
}
