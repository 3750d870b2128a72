package io.embeddingexport.table;

import static io.embeddingexport.table.DataRecordFormatOptions.KEY_CONFIG_PROPERTIES;
import static io.embeddingexport.table.DataRecordFormatOptions.KEY_CONFIG_TOPIC;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.connector.format.EncodingFormat;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DeserializationFormatFactory;
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.factories.SerializationFormatFactory;

/** Makes the SQL format {@code datarecord}. Flink finds it by {@code META-INF/services}. */
@Internal
public final class DataRecordFormatFactory
    implements DeserializationFormatFactory, SerializationFormatFactory {
  static final String IDENTIFIER = "datarecord";

  /** Prefix of the options of Flink's connector for Kafka that its client gets. */
  private static final String CLIENT_PREFIX = "properties.";

  @Override
  public String factoryIdentifier() {
    return IDENTIFIER;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of();
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of(
        DataRecordFormatOptions.KEYS,
        DataRecordFormatOptions.KEY_CONFIG,
        KEY_CONFIG_TOPIC,
        DataRecordFormatOptions.KEY_CONFIG_MODEL,
        KEY_CONFIG_PROPERTIES,
        DataRecordFormatOptions.SHAPES,
        DataRecordFormatOptions.SCALAR_TENSORS,
        DataRecordFormatOptions.TYPED_TENSORS,
        DataRecordFormatOptions.ON_ERROR);
  }

  @Override
  public DecodingFormat<DeserializationSchema<RowData>> createDecodingFormat(
      DynamicTableFactory.Context context, ReadableConfig options) {
    FactoryUtil.validateFactoryOptions(this, options);
    List<String> names =
        context instanceof ProjectedTable projected ? projected.wholeColumns() : List.of();
    return new DataRecordDecodingFormat(withClient(options, context), names);
  }

  @Override
  public EncodingFormat<SerializationSchema<RowData>> createEncodingFormat(
      DynamicTableFactory.Context context, ReadableConfig options) {
    FactoryUtil.validateFactoryOptions(this, options);
    return new DataRecordEncodingFormat(withClient(options, context));
  }

  /**
   * The options, with the properties of the table's own Kafka client for a key-config topic that
   * has none. They are taken as a whole or not at all: passwords are for the brokers beside them.
   */
  private static ReadableConfig withClient(
      ReadableConfig options, DynamicTableFactory.Context table) {
    if (options.getOptional(KEY_CONFIG_TOPIC).isEmpty()
        || options.getOptional(KEY_CONFIG_PROPERTIES).isPresent()) {
      return options;
    }
    Map<String, String> all = new HashMap<>(options.toMap());
    table
        .getCatalogTable()
        .getOptions()
        .forEach(
            (name, value) -> {
              if (name.startsWith(CLIENT_PREFIX)) {
                String property = name.substring(CLIENT_PREFIX.length());
                all.put(KEY_CONFIG_PROPERTIES.key() + "." + property, value);
              }
            });
    return Configuration.fromMap(all);
  }
}
