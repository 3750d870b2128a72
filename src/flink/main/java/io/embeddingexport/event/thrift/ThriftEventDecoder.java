package io.embeddingexport.event.thrift;

import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.datarecord.TensorReader;
import io.embeddingexport.datarecord.wire.MalformedThriftException;
import io.embeddingexport.datarecord.wire.TensorLayout;
import io.embeddingexport.datarecord.wire.ThriftReader;
import io.embeddingexport.datarecord.wire.ThriftType;
import io.embeddingexport.event.DecodeFailure;
import io.embeddingexport.event.DecodeResult;
import io.embeddingexport.event.Event;
import io.embeddingexport.event.EventDecoder;
import io.embeddingexport.event.EventMessage;
import io.embeddingexport.event.EventTensors.DecodedTensors;
import io.embeddingexport.event.EventTensors.PassThroughTensors;
import io.embeddingexport.event.KnownModels;
import io.embeddingexport.event.KnownModels.KnownModel;
import io.embeddingexport.event.NameCache;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decodes {@code EmbeddingEvent}s; the tensors are views of the event's bytes, or are passed
 * through undecoded if the model precedes them and they have its layout.
 *
 * <pre>
 * event = 0A 0001 entityId  [0A 0002 eventTimeMillis]  0B 0003 model  [0A 0004 keyConfigVersion]
 *         ( 0F 0005 0C i32 count tensor*  |  0D 0006 0B 0C i32 count (name tensor)* )  00
 * </pre>
 *
 * Fields come in any order. An unknown field is skipped, since events may grow (records may not).
 * Repeated known fields, both forms of tensors, neither, and bytes after the event are refused.
 */
public final class ThriftEventDecoder implements EventDecoder {
  private static final String EVENT = "EmbeddingEvent";
  private static final int ENTITY_ID = 1;
  private static final int EVENT_TIME_MILLIS = 2;
  private static final int MODEL = 3;
  private static final int KEY_CONFIG_VERSION = 4;
  private static final int TENSORS = 5;
  private static final int NAMED_TENSORS = 6;
  private static final int BOTH_FORMS = 1 << TENSORS | 1 << NAMED_TENSORS;

  private final NameCache names = new NameCache();
  private final ThriftReader in = new ThriftReader(new byte[0], 0, 0);

  // State of the event being decoded. Kept in fields, so the result is created at the end, where it
  // is used, and then needs no memory.
  private int seen;
  private long entityId;
  private long eventTimeMillis;
  private @Nullable String model;
  private @Nullable KnownModel known;
  private long version;
  private @Nullable DecodedTensors given;
  private @Nullable TensorLayout layout;
  private int from;

  /** A struct begins with the type of a field, none of which is zero or a printable character. */
  @Override
  public boolean isNative(byte[] value) {
    return value.length == 0 || (value[0] > 0 && value[0] < ' ' && value[0] != 0x1f);
  }

  @Override
  public DecodeResult decode(EventMessage message, KnownModels models) {
    byte[] bytes = Objects.requireNonNull(message.value());
    try {
      in.reset(bytes);
      String problem = read(models);
      return problem == null
          ? new Event(
              entityId,
              eventTimeMillis,
              model,
              known,
              version,
              layout == null ? given : new PassThroughTensors(layout, bytes, from))
          : new DecodeFailure(problem);
    } catch (MalformedThriftException e) {
      return new DecodeFailure(e.getMessage());
    }
  }

  /** The problem; null if there is none. */
  private @Nullable String read(KnownModels models) throws MalformedThriftException {
    seen = 0;
    entityId = 0;
    eventTimeMillis = Event.NO_EVENT_TIME;
    model = null;
    known = null;
    version = Event.NO_VERSION;
    given = null;
    layout = null;
    int at = in.position();
    for (byte type = in.readByte(); type != ThriftType.STOP; type = in.readByte()) {
      int field = in.readI16();
      String problem = null;
      if (field < ENTITY_ID || field > NAMED_TENSORS) {
        in.skip(type);
      } else {
        problem = read(models, at, field, type);
      }
      if (problem != null) {
        return "byte " + at + ": " + problem;
      }
      at = in.position();
    }
    in.requireEnd();
    if ((seen & 1 << ENTITY_ID) == 0) {
      throw MalformedThriftException.missingField(0, EVENT, "entityId");
    }
    if (model == null) {
      throw MalformedThriftException.missingField(0, EVENT, "model");
    }
    return (seen & BOTH_FORMS) == 0
        ? EVENT + " has neither tensors nor namedTensors; send one of them"
        : null;
  }

  private @Nullable String read(KnownModels models, int at, int field, byte type)
      throws MalformedThriftException {
    if ((seen & 1 << field) != 0) {
      return EVENT + " has field " + field + " twice";
    }
    seen |= 1 << field;
    switch (field) {
      case ENTITY_ID -> {
        ThriftReader.check(at, type, ThriftType.I64);
        entityId = in.readI64();
      }
      case EVENT_TIME_MILLIS -> {
        ThriftReader.check(at, type, ThriftType.I64);
        eventTimeMillis = in.readI64();
      }
      case MODEL -> {
        ThriftReader.check(at, type, ThriftType.STRING);
        readModel(models);
      }
      case KEY_CONFIG_VERSION -> {
        ThriftReader.check(at, type, ThriftType.I64);
        version = in.readI64();
        if (version < Event.NO_VERSION) {
          return Event.negativeVersion(version);
        }
      }
      case TENSORS -> {
        ThriftReader.check(at, type, ThriftType.LIST);
        readList(known == null ? null : known.byPosition());
      }
      default -> {
        ThriftReader.check(at, type, ThriftType.MAP);
        readMap(known == null ? null : known.byName());
      }
    }
    return (seen & BOTH_FORMS) == BOTH_FORMS
        ? EVENT + " has both tensors and namedTensors; send one of them"
        : null;
  }

  private void readModel(KnownModels models) throws MalformedThriftException {
    int length = in.skipBinary();
    int end = in.position();
    known = models.find(in.bytes(), end - length, end);
    model = known == null ? name(end - length, end) : known.name();
  }

  /** A text of the event; its length precedes it. */
  private String name(int begin, int end) throws MalformedThriftException {
    String name = names.text(in.bytes(), begin, end);
    if (name == null) {
      throw MalformedThriftException.notUtf8(begin - Integer.BYTES);
    }
    return name;
  }

  private void readList(@Nullable TensorLayout expected) throws MalformedThriftException {
    int count = in.readListHeader(ThriftType.STRUCT);
    if (matchesLayout(count, expected)) {
      return;
    }
    Tensor[] tensors = new Tensor[count];
    for (int i = 0; i < count; i++) {
      tensors[i] = TensorReader.read(in);
    }
    given = new DecodedTensors(tensors, null);
  }

  private void readMap(@Nullable TensorLayout expected) throws MalformedThriftException {
    int count = in.readMapHeader(ThriftType.STRING, ThriftType.STRUCT);
    if (matchesLayout(count, expected)) {
      return;
    }
    Tensor[] tensors = new Tensor[count];
    String[] tensorNames = new String[count];
    for (int i = 0; i < count; i++) {
      int length = in.skipBinary();
      tensorNames[i] = name(in.position() - length, in.position());
      tensors[i] = TensorReader.read(in);
    }
    given = new DecodedTensors(tensors, tensorNames);
  }

  /** Moves past tensors of this layout; otherwise does not move. */
  private boolean matchesLayout(int count, @Nullable TensorLayout expected)
      throws MalformedThriftException {
    if (expected == null || expected.tensorCount() != count) {
      return false;
    }
    int begin = in.position();
    layout = expected.match(in.bytes(), begin, begin + in.remaining());
    if (layout == null) {
      return false;
    }
    in.skipBytes(layout.length());
    from = begin;
    return true;
  }
}
