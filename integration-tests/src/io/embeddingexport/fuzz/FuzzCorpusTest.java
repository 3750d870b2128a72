package io.embeddingexport.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The corpus that fuzzing has found, and simple mutations of it, without Jazzer. */
class FuzzCorpusTest {
  private static final Path CORPUS = Path.of("integration-tests/resources/fuzz");

  private static final int MUTATIONS = 300;

  /** 16 MiB: more than any input here has. */
  private static final int STATED_LENGTH = 1 << 24;

  @ParameterizedTest
  @EnumSource
  void everyInputIsDecodedOrRefusedAsDocumented(FuzzTarget target) throws IOException {
    for (Path file : corpus(target)) {
      byte[] input = Files.readAllBytes(file);
      assertThatCode(() -> target.decode(input)).as(file.toString()).doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyMutationIsDecodedOrRefusedAsDocumented(FuzzTarget target) throws IOException {
    Random random = new Random(7);
    for (Path file : corpus(target)) {
      byte[] input = Files.readAllBytes(file);
      for (int i = 0; i < MUTATIONS; i++) {
        byte[] mutation = mutate(input, random);
        assertThatCode(() -> target.decode(mutation))
            .as("%s mutated to %s", file, Arrays.toString(mutation))
            .doesNotThrowAnyException();
      }
    }
  }

  /** A length that the input states must not decide how much is allocated. */
  @ParameterizedTest
  @EnumSource
  void allocationIsBoundedByTheInput(FuzzTarget target) throws IOException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (Path file : corpus(target)) {
      byte[] input = Files.readAllBytes(file);
      target.decode(input);
      for (int at = -1; at <= input.length - Integer.BYTES; at++) {
        byte[] lie = input.clone();
        if (at >= 0) {
          ByteBuffer.wrap(lie).putInt(at, STATED_LENGTH);
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        target.decode(lie);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated)
            .as("%s with a length stated at %d", file, at)
            .isLessThan((1 << 20) + 256L * input.length);
      }
    }
  }

  private static List<Path> corpus(FuzzTarget target) throws IOException {
    Path directory = CORPUS.resolve(target.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> corpus = files.sorted().toList();
      assertThat(corpus).as("corpus of %s", target).isNotEmpty();
      return corpus;
    }
  }

  private static byte[] mutate(byte[] input, Random random) {
    byte[] mutation = Arrays.copyOf(input, random.nextInt(input.length + 5));
    for (int i = 1 + random.nextInt(4); i > 0 && mutation.length > 0; i--) {
      mutation[random.nextInt(mutation.length)] = (byte) random.nextInt();
    }
    return mutation;
  }
}
