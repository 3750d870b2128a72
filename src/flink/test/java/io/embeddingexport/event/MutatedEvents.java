package io.embeddingexport.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.event.EventTensors.DecodedTensors;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Valid events, changed at random. {@code -Devents.mutants=10000000} tries as many of each format.
 */
public final class MutatedEvents {
  public static final int COUNT = Integer.getInteger("events.mutants", 100_000);

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** A fresh decoder is made for one of so many events. */
  private static final int COMPARED = 64;

  private static final int RUNS = 4;

  private final Supplier<EventDecoder> decoders;
  private final int factor;
  private final int constant;

  /**
   * @param decoders makes a new decoder
   * @param factor bytes of heap that a byte of an event may cost
   * @param constant bytes of heap that any event may cost
   */
  public MutatedEvents(Supplier<EventDecoder> decoders, int factor, int constant) {
    this.decoders = decoders;
    this.factor = factor;
    this.constant = constant;
  }

  /**
   * Requires that each mutant has an answer, at little cost, which does not depend on the events
   * before it.
   */
  public void requireAnswers(List<byte[]> valid) {
    EventDecoder decoder = decoders.get();
    Random random = new Random(1);
    int events = 0;
    for (int i = 0; i < COUNT; i++) {
      byte[] mutant = mutate(valid.get(random.nextInt(valid.size())).clone(), random);
      try {
        DecodeResult result = requireCheapAnswer(decoder, mutant);
        events += result instanceof DecodeFailure ? 0 : 1;
        if (i % COMPARED == 0) {
          assertThat(text(decoder.decode(mutant))).isEqualTo(text(decoders.get().decode(mutant)));
        }
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(i + ": " + HexFormat.of().formatHex(mutant), e);
      }
    }
    assertThat(events).as("events among the mutants").isBetween(COUNT / 100, COUNT);
  }

  /** Several runs: buffers grow once, and the JVM itself allocates when it links code. */
  private DecodeResult requireCheapAnswer(EventDecoder decoder, byte[] event) {
    long limit = constant + (long) factor * event.length;
    long least = Long.MAX_VALUE;
    DecodeResult result = null;
    for (int i = 0; i < RUNS && (result == null || least > limit); i++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      result = decoder.decode(event);
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    if (least > limit) {
      throw new AssertionError(least + " bytes for " + event.length + ": " + result);
    }
    return result;
  }

  private static String text(DecodeResult result) {
    if (result instanceof DecodedItems items) {
      return items.items().stream().map(MutatedEvents::text).toList().toString();
    }
    if (!(result instanceof Event event)) {
      return String.valueOf(result);
    }
    DecodedTensors tensors =
        event.tensors() instanceof MappedTensors mapped
            ? mapped.decoded()
            : (DecodedTensors) event.tensors();
    StringBuilder text = new StringBuilder(event + Arrays.toString(tensors.names()));
    text.append(event.eventTimeMillis()).append(' ').append(event.keyConfigVersion());
    for (Tensor tensor : tensors.tensors()) {
      byte[] content = new byte[tensor.contentLength()];
      tensor.content().get(content);
      text.append(' ').append(HexFormat.of().formatHex(content));
    }
    return text.toString();
  }

  private static byte[] mutate(byte[] bytes, Random random) {
    byte[] mutant = bytes;
    for (int i = 1 + random.nextInt(3); i > 0 && mutant.length > 0; i--) {
      int at = random.nextInt(mutant.length);
      switch (random.nextInt(6)) {
        case 0 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> mutant[at] = (byte) random.nextInt(256);
        case 2 -> mutant[at] = mutant[random.nextInt(mutant.length)];
        case 3 -> {
          int count = random.nextInt(Math.min(12, mutant.length - at) + 1);
          Arrays.fill(mutant, at, at + count, (byte) 255);
        }
        case 4 -> {
          int from = random.nextInt(mutant.length);
          int count = random.nextInt(mutant.length - Math.max(at, from) + 1);
          System.arraycopy(mutant, from, mutant, at, count);
        }
        default -> mutant = Arrays.copyOf(mutant, random.nextInt(mutant.length + 8));
      }
    }
    return mutant;
  }
}
