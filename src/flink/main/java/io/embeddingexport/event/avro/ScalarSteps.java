package io.embeddingexport.event.avro;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.event.mapping.EntityIdForm;
import io.embeddingexport.event.mapping.EventMapping;
import io.embeddingexport.event.mapping.EventTimeUnit;
import io.embeddingexport.event.plan.EventPlan;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Steps that read an entity id, a model, an event time or a version. */
final class ScalarSteps {
  private static final String DECIMAL = "decimal";

  private final EventMapping mapping;

  ScalarSteps(EventMapping mapping) {
    this.mapping = mapping;
  }

  /** Why values of that type cannot be the target; null if they can. */
  @Nullable String misfit(int target, Schema schema) {
    String logical = schema.getProp("logicalType");
    return switch (target) {
      case EventPlan.ENTITY_ID -> misfitOfId(schema, logical);
      case EventPlan.MODEL ->
          switch (schema.getType()) {
            case STRING, ENUM, BYTES, FIXED -> null;
            default -> "is " + AvroNames.of(schema) + ", but a model is a text";
          };
      case EventPlan.EVENT_TIME -> misfitOfTime(schema, logical);
      case EventPlan.DELETION ->
          switch (schema.getType()) {
            case INT, LONG, STRING, ENUM, BOOLEAN -> null;
            default ->
                "is "
                    + AvroNames.of(schema)
                    + ", but what marks a deletion is a text, a whole number or a boolean";
          };
      default ->
          switch (schema.getType()) {
            case INT, LONG, STRING -> null;
            default -> "is " + AvroNames.of(schema) + ", but a version is a whole number";
          };
    };
  }

  private @Nullable String misfitOfId(Schema schema, @Nullable String logical) {
    return switch (schema.getType()) {
      case INT, LONG, STRING, ENUM -> null;
      case BYTES, FIXED ->
          DECIMAL.equals(logical) && mapping.entityIdForm() == EntityIdForm.DECIMAL
              ? "is a decimal, whose bytes are no digits; write from-string: murmur3 or none"
              : null;
      default ->
          "is "
              + AvroNames.of(schema)
              + ", but an entity id is a whole number, a text or bytes; correct its path";
    };
  }

  private @Nullable String misfitOfTime(Schema schema, @Nullable String logical) {
    if ("date".equals(logical) || "time-millis".equals(logical) || "time-micros".equals(logical)) {
      return "is a " + logical + ", no point in time; send a timestamp";
    }
    EventTimeUnit stated = mapping.eventTimeUnit();
    EventTimeUnit own = AvroTimeUnits.of(schema);
    if (stated != null && own != null && stated != own) {
      return "is in " + AvroNames.of(own) + " by its schema; remove the unit of the mapping";
    }
    return switch (schema.getType()) {
      case INT, LONG, FLOAT, DOUBLE, STRING -> null;
      default -> "is " + AvroNames.of(schema) + ", but an event time is a number or a text";
    };
  }

  /** The step that reads a target of a type that can be it. */
  static AvroStep read(int target, Schema schema) {
    EventTimeUnit unit = target == EventPlan.EVENT_TIME ? AvroTimeUnits.of(schema) : null;
    return switch (schema.getType()) {
      case INT -> (in, parts) -> parts.whole(target, in.readInt());
      case LONG ->
          unit == null
              ? (in, parts) -> parts.whole(target, in.readLong())
              : (in, parts) -> parts.time(in.readLong(), unit);
      case FLOAT -> (in, parts) -> parts.real(target, in.readFloat());
      case DOUBLE -> (in, parts) -> parts.real(target, in.readDouble());
      case BOOLEAN ->
          (in, parts) -> {
            int from = in.skip(1);
            AvroElements.requireBooleans(in.bytes(), from, 1, 1);
            parts.text(target, in.bytes()[from] == 1 ? "true" : "false");
          };
      case ENUM -> {
        byte[][] symbols =
            schema.getEnumSymbols().stream()
                .map(symbol -> symbol.getBytes(UTF_8))
                .toArray(byte[][]::new);
        yield (in, parts) -> {
          byte[] symbol = symbols[in.readIndex(symbols.length)];
          parts.text(target, symbol, 0, symbol.length);
        };
      }
      case FIXED -> {
        int size = schema.getFixedSize();
        yield (in, parts) -> {
          int from = in.skip(size);
          parts.text(target, in.bytes(), from, from + size);
        };
      }
      default ->
          (in, parts) -> {
            int length = in.readLength();
            int from = in.skip(length);
            parts.text(target, in.bytes(), from, from + length);
          };
    };
  }
}
