package io.embeddingexport.cli.peek;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.embeddingexport.cli.peek.PeekedMessage.Content;
import io.embeddingexport.cli.peek.PeekedMessage.Exported;
import io.embeddingexport.cli.peek.PeekedMessage.Input;
import io.embeddingexport.cli.peek.PeekedMessage.Letter;
import io.embeddingexport.cli.peek.PeekedMessage.Malformed;
import io.embeddingexport.cli.trial.NamedTensor;
import io.embeddingexport.consumer.Origin;
import io.embeddingexport.datarecord.DataRecordView;
import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.datarecord.TensorEncoding;
import io.embeddingexport.event.DecodeFailure;
import io.embeddingexport.event.DecodeResult;
import io.embeddingexport.event.DecodedItems;
import io.embeddingexport.event.Deletion;
import io.embeddingexport.event.Event;
import io.embeddingexport.export.TensorStatistics;
import io.embeddingexport.kafka.sink.HeaderNames;
import io.embeddingexport.text.SafeText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Prints messages for the eye: a line for each, and an indented line for each tensor of a record,
 * with its Euclidean length and first elements. Not thread-safe.
 *
 * <pre>
 * data-records:0:17  2026-01-31T12:00:00Z  user:42  user@3
 *   user_embedding  FLOAT [128]  |1.020|  [0.25,-1.5,3.0,"… 125 more"]
 * </pre>
 */
public final class MessageTable implements MessageOutput {
  private static final JsonFactory JSON = new JsonFactory();

  private final PrintWriter out;
  private final PrintLimits limits;
  private final TensorNames names;

  public MessageTable(OutputStream out, PrintLimits limits, TensorNames names) {
    this.out = new PrintWriter(out, false, StandardCharsets.UTF_8);
    this.limits = limits;
    this.names = names;
  }

  @Override
  public void write(PeekedMessage peeked) throws IOException {
    ConsumerRecord<byte[], byte[]> message = peeked.message();
    out.printf(
        "%s  %s  %s  ",
        Origin.input(message.topic(), message.partition(), message.offset()),
        Instant.ofEpochMilli(message.timestamp()),
        message.key() == null ? "no key" : SafeText.of(BytesForm.text(message.key())));
    Content content = peeked.content();
    if (content instanceof Exported exported) {
      write(exported);
    } else if (content instanceof Malformed malformed) {
      out.printf("no record: %s%n", malformed.fault().getMessage());
    } else if (content instanceof Letter) {
      out.printf(
          "dead letter, %s: %s%n",
          text(peeked.header(HeaderNames.REASON)), text(peeked.header(HeaderNames.DETAIL)));
    } else if (content instanceof Input input) {
      write(input.result());
    } else {
      out.println("tombstone");
    }
  }

  private void write(Exported exported) throws IOException {
    DataRecordView record = exported.record();
    Origin origin = exported.origin();
    String model = exported.model();
    out.print(model == null ? "no model" : SafeText.of(model) + "@" + origin.keyConfigVersion());
    record.discreteFeatures().forEach((key, value) -> out.printf("  %d=%d", key, value));
    record
        .stringFeatures()
        .forEach((key, value) -> out.printf("  %d=%s", key, SafeText.of(BytesForm.text(value))));
    out.println();
    for (Map.Entry<Long, Tensor> entry : record.tensors().entrySet()) {
      write(names.name(model, entry.getKey()), entry.getValue());
    }
  }

  private void write(DecodeResult result) throws IOException {
    if (result instanceof DecodedItems items) {
      out.printf("%d events%n", items.items().size());
      for (DecodeResult item : items.items()) {
        write(item);
      }
    } else if (result instanceof Event event) {
      out.printf(
          "event of %s%s%n",
          SafeText.of(event.model()),
          event.keyConfigVersion() == Event.NO_VERSION ? "" : "@" + event.keyConfigVersion());
      for (NamedTensor tensor : NamedTensor.of(event)) {
        write(tensor.name(), tensor.tensor());
      }
    } else if (result instanceof DecodeFailure failure) {
      out.printf("no event: %s%n", failure.detail());
    } else if (result instanceof Deletion deletion) {
      out.printf("deletes the record of %s%n", SafeText.of(deletion.model()));
    }
  }

  private void write(String name, Tensor tensor) throws IOException {
    out.printf(
        "  %s  %s %s%s  %s%n",
        SafeText.of(name), tensor.dataType(), tensor.shape(), length(tensor), elements(tensor));
  }

  private static String length(Tensor tensor) {
    return tensor.dataType().isFloatingPoint()
        ? String.format(Locale.ROOT, "  |%.4g|", TensorStatistics.of(tensor).l2Norm())
        : "";
  }

  /** As in JSON. */
  private String elements(Tensor tensor) throws IOException {
    if (tensor.dataType() == DataType.STRING && tensor.encoding() != TensorEncoding.STRING) {
      return tensor.contentLength() + " bytes";
    }
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      new ReadableTensor(json, limits).writeData(tensor);
    }
    return text.toString();
  }

  @Override
  public void flush() throws IOException {
    if (out.checkError()) {
      throw new IOException("the output takes no more");
    }
  }

  private static String text(@Nullable String header) {
    return header == null ? "" : SafeText.of(header);
  }
}
