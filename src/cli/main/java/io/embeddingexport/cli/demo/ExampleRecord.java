package io.embeddingexport.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.datarecord.DataRecordReader;
import io.embeddingexport.datarecord.DataRecordView;
import io.embeddingexport.datarecord.MalformedRecordException;
import io.embeddingexport.datarecord.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** One record to show: the first of the longest, which have the most fields. Not thread-safe. */
final class ExampleRecord {
  private static final int ELEMENTS_SHOWN = 3;

  private @Nullable ConsumerRecord<byte[], byte[]> longest;

  /** Takes an output message. */
  void offer(ConsumerRecord<byte[], byte[]> message) {
    if (message.topic().equals(DemoJob.RECORDS)
        && message.value() != null
        && (longest == null || message.value().length > longest.value().length)) {
      longest = message;
    }
  }

  /** The record for people, in lines of less than 80 characters; empty if there was none. */
  List<String> lines() throws MalformedRecordException {
    List<String> lines = new ArrayList<>();
    if (longest != null) {
      line(lines, "at", longest.topic() + ":" + longest.partition() + ":" + longest.offset());
      line(lines, "key", new String(longest.key(), UTF_8));
      for (Header header : longest.headers()) {
        line(lines, header.key(), new String(header.value(), UTF_8));
      }
      DataRecordView record = DataRecordReader.read(longest.value());
      record
          .discreteFeatures()
          .forEach((id, value) -> line(lines, id.toString(), "discrete feature, " + value));
      record.tensors().forEach((key, tensor) -> line(lines, key.toString(), form(tensor)));
    }
    return lines;
  }

  private static void line(List<String> lines, String name, String value) {
    lines.add("%-24s%s".formatted(name, value));
  }

  private static String form(Tensor tensor) {
    String type = tensor.dataType().name().toLowerCase(Locale.ROOT);
    float[] elements = tensor.toFloats();
    StringBuilder form =
        new StringBuilder(type + " " + Arrays.toString(tensor.shape().toArray()) + " ");
    for (int i = 0; i < Math.min(ELEMENTS_SHOWN, elements.length); i++) {
      form.append(' ').append(elements[i]);
    }
    return form.append(elements.length > ELEMENTS_SHOWN ? " …" : "").toString();
  }
}
