package io.embeddingexport.table;

import io.embeddingexport.thrift.DataRecord;
import io.embeddingexport.thrift.GeneralTensor;
import io.embeddingexport.thrift.RawTypedTensor;
import io.embeddingexport.thrift.StringTensor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.utils.LogicalTypeParser;
import org.apache.thrift.TException;
import org.apache.thrift.TSerializer;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.jspecify.annotations.Nullable;

/**
 * A value of the column {@code c}, and the record that libthrift's generated classes write for it.
 *
 * @param type in SQL
 * @param option besides {@code keys}, as {@code name=value}; empty: none
 * @param value in Flink's internal form
 */
record TypeCase(String type, String option, @Nullable Object value, byte[] record) {
  static final long KEY = 7301;

  static TypeCase feature(String type, @Nullable Object value, Consumer<DataRecord> feature) {
    DataRecord record = new DataRecord();
    feature.accept(record);
    return new TypeCase(type, "", value, serialize(record));
  }

  static TypeCase tensor(String type, String option, Object value, GeneralTensor tensor) {
    return new TypeCase(
        type, option, value, serialize(new DataRecord().setTensors(Map.of(KEY, tensor))));
  }

  /** A tensor of a little-endian payload in hex. */
  static GeneralTensor raw(int dataType, String payload, long... shape) {
    return GeneralTensor.rawTypedTensor(
        new RawTypedTensor(
                io.embeddingexport.thrift.DataType.findByValue(dataType),
                ByteBuffer.wrap(HexFormat.of().parseHex(payload)))
            .setShape(LongStream.of(shape).boxed().toList()));
  }

  static GeneralTensor strings(List<Long> shape, String... elements) {
    List<ByteBuffer> bytes =
        Stream.of(elements)
            .map(element -> ByteBuffer.wrap(element.getBytes(StandardCharsets.UTF_8)))
            .toList();
    return GeneralTensor.stringTensor(new StringTensor(bytes).setShape(shape));
  }

  static StringData text(String text) {
    return StringData.fromString(text);
  }

  static byte[] serialize(DataRecord record) {
    try {
      return new TSerializer(new TBinaryProtocol.Factory()).serialize(record);
    } catch (TException e) {
      throw new AssertionError(e);
    }
  }

  /** A row of one column. */
  static RowType row(String type) {
    LogicalType parsed = LogicalTypeParser.parse(type, TypeCase.class.getClassLoader());
    return RowType.of(new LogicalType[] {parsed}, new String[] {"c"});
  }

  RowType row() {
    return row(type);
  }

  Configuration options() {
    Map<String, String> options = new HashMap<>(Map.of("keys", "c:" + KEY));
    if (!option.isEmpty()) {
      String[] pair = option.split("=");
      options.put(pair[0], pair[1]);
    }
    return Configuration.fromMap(options);
  }

  /** A schema that reads this case's column. */
  DataRecordDeserializationSchema reader() {
    return reader(row(), options());
  }

  static DataRecordDeserializationSchema reader(RowType row, Configuration options) {
    return new DataRecordDeserializationSchema(row, options, TypeInformation.of(RowData.class));
  }

  @Override
  public String toString() {
    return (type + " " + option).strip();
  }
}
