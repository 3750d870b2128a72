package io.embeddingexport.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.embeddingexport.event.input.EventInput;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;

/** Whatever the bytes: an answer, never an exception, and no more memory than they are worth. */
@Tag("fuzz")
class HostileEventsTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /**
   * Bytes of heap that a byte of input may cost. Dearest are tensors of one empty string, five
   * bytes of JSON each: some 350 bytes of objects, many of them short-lived.
   */
  private static final int FACTOR = 100;

  /** A parser's own buffers, an exception's stack trace and the like. */
  private static final int CONSTANT = 256 << 10;

  private final EventDecoder thrift = EventInput.of(EventFormat.THRIFT).newDecoder();
  private final EventDecoder json = EventInput.of(EventFormat.JSON).newDecoder();

  @Property(tries = 1_000)
  void randomBytesShouldHaveAnAnswer(@ForAll byte[] bytes) {
    requireAnswers(bytes);
  }

  @Property(tries = 1)
  void claimsOfManyItemsShouldCostNoMemory() {
    requireAnswers(new byte[] {15, 0, 5, 12, 127, -1, -1, -1});
    requireAnswers(new byte[] {13, 0, 6, 11, 12, 127, -1, -1, -1});
    requireAnswers(new byte[] {11, 0, 3, 127, -1, -1, -1});
    requireAnswers(new byte[] {15, 0, 99, 12, 127});
  }

  /** The inputs that cost most a byte: many empty values. */
  @Property(tries = 1)
  void manyEmptyValuesShouldCostAConstantFactor() {
    requireAnswers(utf8("{\"tensors\": [" + "[],".repeat(300_000) + "[]]"));
    requireAnswers(utf8("{\"tensors\": [" + "[\"\"],".repeat(150_000) + "[]]"));
    requireAnswers(utf8("{\"tensors\": [[" + "\"\",".repeat(300_000) + "\"\"]]"));
    requireAnswers(utf8("{\"tensors\": {" + "\"\":[],".repeat(150_000) + "\"\":[]}"));
    requireAnswers(utf8("{\"tensors\": [{\"dtype\":\"DOUBLE\",\"data\":[" + "0,".repeat(400_000)));
    requireAnswers(utf8("[".repeat(1_000_000)));
    requireAnswers(utf8("{\"x\":".repeat(200_000)));
    requireAnswers(utf8("{\"" + "x".repeat(1_000_000)));
    requireAnswers(utf8("{\"entityId\":" + "9".repeat(1_000_000) + "}"));
    byte[] nested = new byte[900_000];
    Arrays.fill(nested, (byte) 12);
    requireAnswers(nested);
    byte[] zeros = new byte[900_000];
    System.arraycopy(new byte[] {15, 0, 5, 12, 0, 13, 0, 0}, 0, zeros, 0, 8);
    requireAnswers(zeros);
  }

  private void requireAnswers(byte[] bytes) {
    requireAnswer(thrift, bytes);
    requireAnswer(json, bytes);
  }

  private static void requireAnswer(EventDecoder decoder, byte[] bytes) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    DecodeResult decoded = decoder.decode(bytes);
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertThat(decoded).isNotNull();
    assertThat(allocated).isLessThan(CONSTANT + (long) FACTOR * bytes.length);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
