package io.embeddingexport.cli.peek;

import io.embeddingexport.consumer.Origin;
import io.embeddingexport.datarecord.DataRecordReader;
import io.embeddingexport.datarecord.DataRecordView;
import io.embeddingexport.datarecord.MalformedRecordException;
import io.embeddingexport.event.DecodeFailure;
import io.embeddingexport.event.DecodeResult;
import io.embeddingexport.event.DecodedItems;
import io.embeddingexport.event.EventDecoder;
import io.embeddingexport.event.KnownModels;
import io.embeddingexport.kafka.Envelopes;
import io.embeddingexport.kafka.sink.HeaderNames;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** A message of a topic, and what it is, as its headers and its value say. */
public record PeekedMessage(ConsumerRecord<byte[], byte[]> message, Content content) {

  /** What a message is. */
  public sealed interface Content {
    /** Whether its value is what it should be. */
    default boolean isGood() {
      return true;
    }
  }

  /**
   * A record.
   *
   * @param origin null without a valid header of it
   */
  record Exported(@Nullable Origin origin, DataRecordView record) implements Content {
    /** Null if no header names the model. */
    @Nullable String model() {
      return origin == null ? null : origin.model();
    }
  }

  /** A null value. */
  record Tombstone() implements Content {}

  /** An input that became no record. */
  record Letter() implements Content {}

  /** A value that should be a record and is none. */
  record Malformed(MalformedRecordException fault) implements Content {
    @Override
    public boolean isGood() {
      return false;
    }
  }

  /**
   * An input of a job.
   *
   * @param result valid until the next message is read
   */
  record Input(DecodeResult result) implements Content {
    @Override
    public boolean isGood() {
      return isGood(result);
    }

    private static boolean isGood(DecodeResult result) {
      return result instanceof DecodedItems items
          ? items.items().stream().allMatch(Input::isGood)
          : !(result instanceof DecodeFailure);
    }
  }

  /** A message of an output topic. */
  static PeekedMessage ofOutput(ConsumerRecord<byte[], byte[]> message) {
    return new PeekedMessage(message, output(message));
  }

  private static Content output(ConsumerRecord<byte[], byte[]> message) {
    if (message.headers().lastHeader(HeaderNames.REASON) != null) {
      return new Letter();
    }
    if (message.value() == null) {
      return new Tombstone();
    }
    try {
      return new Exported(Origin.of(message.headers()), DataRecordReader.read(message.value()));
    } catch (MalformedRecordException e) {
      return new Malformed(e);
    }
  }

  /** A message of an input topic. */
  static PeekedMessage ofInput(ConsumerRecord<byte[], byte[]> message, EventDecoder decoder) {
    return new PeekedMessage(
        message,
        message.value() == null
            ? new Tombstone()
            : new Input(decoder.decode(Envelopes.of(message), KnownModels.NONE)));
  }

  /** The text of the last header of a name; null if there is none, or it has no value. */
  @Nullable String header(String name) {
    Header header = message.headers().lastHeader(name);
    return header == null ? null : BytesForm.text(header.value());
  }
}
