package io.embeddingexport.cli.proposal;

import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.datarecord.DataRecordReader;
import io.embeddingexport.datarecord.MalformedRecordException;
import io.embeddingexport.event.Event;
import io.embeddingexport.event.EventDecoder;
import io.embeddingexport.event.EventFormat;
import io.embeddingexport.event.EventMessage;
import io.embeddingexport.event.fields.FieldType;
import io.embeddingexport.event.fields.FieldType.Group;
import io.embeddingexport.event.input.EventInput;
import io.embeddingexport.event.json.JsonFields;
import io.embeddingexport.event.kserve.KserveFields;
import io.embeddingexport.event.registry.SchemaLookup;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Recognises how messages are sent. What most of them are counts. */
final class FormFinder {
  private static final Set<String> OWN_FIELDS = Set.of("entityId", "model", "tensors");

  private final List<? extends EventMessage> messages;
  private final SchemaHint hint;

  /**
   * @param messages with values; at least one
   */
  FormFinder(List<? extends EventMessage> messages, SchemaHint hint) {
    this.messages = messages;
    this.hint = hint;
  }

  /**
   * The form.
   *
   * @throws CommandException if it is not recognised, or cannot be read
   */
  SentForm find() throws CommandException {
    if (hint.registry() != null) {
      return new RegistryForm(messages, hint).find();
    }
    if (hint.file() != null) {
      return SchemaFileForm.find(hint.file(), hint.message());
    }
    if (most(value -> value.length > 1 && value[0] == 0x1f && value[1] == (byte) 0x8b)) {
      throw new CommandException(
          "the values are gzip, which no mapping reads; have the producer send them as they are,"
              + " and set Kafka's compression.type instead");
    }
    Group jsonOutputs = fields(KserveFields::ofJson);
    if (jsonOutputs != null) {
      return SentForm.of(
          "responses of KServe v2 in JSON", "format: json\npreset: kserve-v2\n", jsonOutputs);
    }
    Group json = fields(JsonFields::of);
    if (json != null) {
      return json(json);
    }
    EventDecoder thrift = EventInput.of(EventFormat.THRIFT).newDecoder();
    if (most(value -> thrift.decode(value) instanceof Event)) {
      return SentForm.own("our own Thrift struct", "format: thrift\n");
    }
    Group outputs = fields(KserveFields::ofProtobuf);
    if (outputs != null) {
      return SentForm.of(
          "responses of KServe v2 in Protobuf", "format: protobuf\npreset: kserve-v2\n", outputs);
    }
    if (isRaw()) {
      return SentForm.of(
          "the same number of bytes each, which read as 32-bit floats", "format: raw\n", null);
    }
    throw unknown();
  }

  private SentForm json(Group fields) {
    if (fields.fields().keySet().containsAll(OWN_FIELDS)) {
      return SentForm.own("our own JSON form", "format: json\n");
    }
    FieldType payload = fields.fields().get("payload");
    Group row = DebeziumForm.row(payload instanceof Group wrapped ? wrapped : fields);
    return row == null
        ? SentForm.of("JSON objects", "format: json\n", fields)
        : SentForm.of(
            "Debezium's change events in JSON", "format: json\n" + DebeziumForm.PRESET, row);
  }

  private boolean isRaw() {
    int length = Objects.requireNonNull(messages.get(0).value()).length;
    Predicate<byte[]> sameLength = value -> value.length == length;
    return length > 0
        && length % Float.BYTES == 0
        && messages.stream().map(EventMessage::value).allMatch(sameLength)
        && messages.stream().noneMatch(message -> message.header("__value_schema_id") != null)
        && new Probe(SentForm.of("", "format: raw\n", null), messages)
            .of(
                "entity-id: {constant: \"0\"}\nmodel: {constant: m}\n"
                    + "tensors: {t: {kafka: value}}\n")
            .hasOnlyLikelyTensors();
  }

  private CommandException unknown() {
    if (messages.stream().filter(SchemaLookup::hasId).count() * 2 > messages.size()) {
      return new CommandException(
          "the messages begin like events with a registry's schema id; name the registry with"
              + " --registry URL, or their schema with --schema FILE");
    }
    if (most(FormFinder::isRecord)) {
      return new CommandException(
          "the messages are DataRecords, which a job writes, not events; peek prints them");
    }
    if (most(value -> value.length == 0)) {
      return new CommandException(
          "most values are empty (0 bytes); no mapping makes records of them");
    }
    long objects = count(value -> JsonFields.of(value) != null);
    return new CommandException(
        "the form of the messages is not recognised: "
            + (objects == 0
                ? "no JSON object"
                : objects + " of " + messages.size() + " are JSON objects that can be read")
            + ", no KServe response, no schema id, no floats; name the schema of Avro (.avsc) or"
            + " Protobuf (.proto, or a descriptor set) with --schema FILE, or the registry with"
            + " --registry URL");
  }

  private static boolean isRecord(byte[] value) {
    try {
      DataRecordReader.read(value);
      return true;
    } catch (MalformedRecordException e) {
      return false;
    }
  }

  /** The fields of all messages together; null if most have none. */
  private @Nullable Group fields(Function<byte[], @Nullable Group> reader) {
    List<Group> found =
        messages.stream()
            .map(message -> reader.apply(Objects.requireNonNull(message.value())))
            .filter(Objects::nonNull)
            .toList();
    FieldType all =
        found.stream()
            .map(FieldType.class::cast)
            .reduce(FieldType::merge)
            .orElse(new Group(Map.of()));
    return found.size() * 2 > messages.size() && all instanceof Group group ? group : null;
  }

  private boolean most(Predicate<byte[]> test) {
    return count(test) * 2 > messages.size();
  }

  private long count(Predicate<byte[]> test) {
    return messages.stream().map(EventMessage::value).filter(test).count();
  }
}
