package io.embeddingexport.event.avro;

import io.embeddingexport.event.mapping.EventTimeUnit;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** The units of times that schemas state. */
public final class AvroTimeUnits {
  private static final Map<String, EventTimeUnit> UNITS =
      Map.of(
          "timestamp-millis", EventTimeUnit.MILLIS,
          "timestamp-micros", EventTimeUnit.MICROS,
          "timestamp-nanos", EventTimeUnit.NANOS,
          "local-timestamp-millis", EventTimeUnit.MILLIS,
          "local-timestamp-micros", EventTimeUnit.MICROS,
          "local-timestamp-nanos", EventTimeUnit.NANOS,
          "io.debezium.time.Timestamp", EventTimeUnit.MILLIS,
          "io.debezium.time.MicroTimestamp", EventTimeUnit.MICROS,
          "io.debezium.time.NanoTimestamp", EventTimeUnit.NANOS);

  /**
   * The unit that a schema states, by its logical type or by the name of Kafka Connect's; null if
   * it states none.
   */
  public static @Nullable EventTimeUnit of(Schema schema) {
    String logical = schema.getProp("logicalType");
    String connect = schema.getProp("connect.name");
    EventTimeUnit unit = logical == null ? null : UNITS.get(logical);
    return unit != null || connect == null ? unit : UNITS.get(connect);
  }

  private AvroTimeUnits() {}
}
