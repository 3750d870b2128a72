package io.embeddingexport.table;

import static org.apache.flink.streaming.connectors.kafka.table.KafkaConnectorOptions.KEY_FIELDS;
import static org.apache.flink.streaming.connectors.kafka.table.KafkaConnectorOptions.VALUE_FORMAT;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.connectors.kafka.table.KafkaDynamicTableFactory;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;

/**
 * Makes the connector {@code datarecord-kafka}: Flink's connector {@code kafka} with the same
 * options, whose source reads only the columns that a query needs. Flink finds this class by {@code
 * META-INF/services}, and the connector must be among its jars.
 *
 * <p>Flink's own source reads every column of the table, whatever its format can do (FLINK-32609).
 */
@Internal
public final class DataRecordKafkaTableFactory
    implements DynamicTableSourceFactory, DynamicTableSinkFactory {

  @Override
  public String factoryIdentifier() {
    return "datarecord-kafka";
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return kafka().requiredOptions();
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return kafka().optionalOptions();
  }

  @Override
  public Set<ConfigOption<?>> forwardOptions() {
    return kafka().forwardOptions();
  }

  @Override
  public DynamicTableSource createDynamicTableSource(Context context) {
    requireDataRecords(context);
    DynamicTableSource whole = kafka().createDynamicTableSource(context);
    List<String> keyFields =
        Configuration.fromMap(context.getCatalogTable().getOptions())
            .getOptional(KEY_FIELDS)
            .orElse(List.of());
    // A part of a key's columns is another key, which its format may not be able to read.
    return keyFields.size() > 1 ? whole : new ProjectedKafkaSource(context, whole, keyFields);
  }

  @Override
  public DynamicTableSink createDynamicTableSink(Context context) {
    requireDataRecords(context);
    return kafka().createDynamicTableSink(context);
  }

  private static void requireDataRecords(Context context) {
    Map<String, String> options = context.getCatalogTable().getOptions();
    String format = options.getOrDefault(VALUE_FORMAT.key(), options.get(FactoryUtil.FORMAT.key()));
    if (!DataRecordFormatFactory.IDENTIFIER.equals(format)) {
      throw new ValidationException(
          "Connector 'datarecord-kafka' has values of format 'datarecord' only, not '"
              + format
              + "'; connector 'kafka' has the others.");
    }
  }

  static KafkaDynamicTableFactory kafka() {
    return new KafkaDynamicTableFactory();
  }
}
