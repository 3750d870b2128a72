package io.embeddingexport.event.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.embeddingexport.event.DecodeFailure;
import io.embeddingexport.event.DecodeResult;
import io.embeddingexport.event.Event;
import io.embeddingexport.event.EventDecoder;
import io.embeddingexport.event.MutatedEvents;
import io.embeddingexport.event.protobuf.RandomSchema.Mapped;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whatever the bytes: an event or a failure, never an exception, and no more memory than four times
 * their length and a constant.
 */
class HostileProtobufTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int MUTANTS = MutatedEvents.COUNT;
  private static final int MUTANTS_OF_A_SCHEMA = 1_000;
  private static final int RUNS = 4;
  private static final int FACTOR = 4;
  private static final int CONSTANT = 1 << 10;

  @Test
  void mutatedEventsShouldHaveAnAnswerAndCostLittle() throws Exception {
    for (int seed = 0; seed < MUTANTS / MUTANTS_OF_A_SCHEMA; seed++) {
      Random random = new Random(seed);
      Mapped schema = RandomSchema.of(random);
      EventDecoder decoder = ProtobufEvents.newDecoder(schema.mapping(), schema.event());
      RandomMessage messages = new RandomMessage(random);
      for (int i = 0; i < MUTANTS_OF_A_SCHEMA; i++) {
        byte[] event = mutated(messages.of(schema.event()), random);
        requireCheapAnswer(decoder, event, "seed " + seed + ": " + HexFormat.of().formatHex(event));
      }
    }
  }

  private static byte[] mutated(byte[] bytes, Random random) {
    byte[] result = bytes.length == 0 ? new byte[1] : bytes;
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(result.length);
      switch (random.nextInt(5)) {
        case 0 -> result[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> result[at] = (byte) random.nextInt(256);
        case 2 -> result[at] = result[random.nextInt(result.length)];
        case 3 -> result[at] = -1;
        default -> result = Arrays.copyOf(result, 1 + random.nextInt(result.length + 8));
      }
    }
    return result;
  }

  @Test
  void claimsShouldCostNoMemoryAndNestingNoStack() throws Exception {
    for (int seed = 0; seed < 4; seed++) {
      Mapped schema = RandomSchema.of(new Random(seed));
      EventDecoder decoder = ProtobufEvents.newDecoder(schema.mapping(), schema.event());
      for (int tag = 8; tag < 328; tag++) {
        byte[] claim = {(byte) (tag | 0x80), (byte) (tag >>> 7), -1, -1, -1, -1, 7};
        requireCheapAnswer(decoder, claim, "tag " + tag);
        byte[] nested = new byte[300_000];
        for (int i = 0; i < nested.length; i += 2) {
          nested[i] = (byte) (tag | 0x80);
          nested[i + 1] = (byte) (tag >>> 7);
        }
        if (tag % 8 == WireType.GROUP) {
          requireCheapAnswer(decoder, nested, "groups of " + tag);
        }
      }
    }
  }

  /** Several times: buffers grow once, names are kept, and the JVM links code on its first runs. */
  private static void requireCheapAnswer(EventDecoder decoder, byte[] event, String what) {
    long limit = (long) FACTOR * event.length + CONSTANT;
    long least = Long.MAX_VALUE;
    for (int i = 0; i < RUNS && least > limit; i++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      DecodeResult result = decoder.decode(event);
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
      if (!(result instanceof Event) && !(result instanceof DecodeFailure)) {
        throw new AssertionError(what + " gave " + result);
      }
    }
    if (least > limit) {
      assertThat(least).as(what + " gave " + decoder.decode(event)).isLessThanOrEqualTo(limit);
    }
  }
}
