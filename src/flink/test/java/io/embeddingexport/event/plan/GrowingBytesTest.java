package io.embeddingexport.event.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.embeddingexport.event.BadEventException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GrowingBytesTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final GrowingBytes bytes = new GrowingBytes();

  @Test
  void itShouldHoldWhatWasAppended() throws BadEventException {
    for (int i = 0; i < 1_000; i++) {
      bytes.append(new byte[] {9, (byte) i, (byte) (i >> 8), 9}, 1, 2);
    }

    assertThat(bytes.length()).isEqualTo(2_000);
    for (int i = 0; i < 1_000; i++) {
      assertThat(Arrays.copyOfRange(bytes.array(), 2 * i, 2 * i + 2))
          .containsExactly((byte) i, (byte) (i >> 8));
    }
  }

  @Test
  void allItsArraysTogetherShouldHaveAtMostFourTimesTheBytes() throws BadEventException {
    for (int length : new int[] {64, 65, 4_097, 1_000_000, (1 << 20) + 1}) {
      GrowingBytes own = new GrowingBytes();
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < length; i++) {
        own.append(1);
      }
      long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
      assertThat(allocated).isLessThanOrEqualTo(4L * length + 1_024);
    }
  }

  @Test
  void reservedBytesShouldBeOneArray() throws BadEventException {
    bytes.reserve(1_000);
    byte[] array = bytes.array();
    for (int i = 0; i < 1_000; i++) {
      bytes.append(1);
    }

    assertThat(array).hasSize(1_000).isSameAs(bytes.array());
  }

  @Test
  void aLargeArrayShouldNotOutliveItsEvent() throws BadEventException {
    bytes.append(1 << 16);
    bytes.clear();
    assertThat(bytes.array()).hasSize(1 << 16);

    bytes.append((1 << 16) + 1);
    bytes.clear();
    assertThat(bytes.array()).isEmpty();
    assertThat(bytes.length()).isZero();
  }

  @Test
  void moreThanAnArrayHoldsShouldBeRefusedWithoutAllocating() throws BadEventException {
    bytes.append(1);

    assertThatThrownBy(() -> bytes.append(Integer.MAX_VALUE - 8))
        .isInstanceOf(BadEventException.class)
        .hasMessage("needs more than 2147483639 bytes; send less in one event");
    assertThatThrownBy(() -> bytes.reserve(Long.MAX_VALUE)).isInstanceOf(BadEventException.class);
    assertThat(bytes.length()).isEqualTo(1);
  }
}
