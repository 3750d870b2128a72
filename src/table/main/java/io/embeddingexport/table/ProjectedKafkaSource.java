package io.embeddingexport.table;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.abilities.SupportsProjectionPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsReadingMetadata;
import org.apache.flink.table.connector.source.abilities.SupportsWatermarkPushDown;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.flink.table.types.DataType;
import org.jspecify.annotations.Nullable;

/**
 * Flink's Kafka source of a table of those columns alone that a query needs. That source is made
 * once the planner has told all of them. Not thread-safe.
 */
final class ProjectedKafkaSource
    implements ScanTableSource,
        SupportsProjectionPushDown,
        SupportsReadingMetadata,
        SupportsWatermarkPushDown {
  private static final String KEY_OPTIONS = "key.";

  private final DynamicTableFactory.Context table;
  private final DynamicTableSource whole;
  private final List<String> keyFields;
  private int[] columns;
  private List<String> metadata = List.of();
  private @Nullable DataType producedType;
  private @Nullable WatermarkStrategy<RowData> watermarks;

  /**
   * @param whole the source of all columns of {@code table}
   * @param keyFields one column at most, which is read from the message's key
   */
  ProjectedKafkaSource(
      DynamicTableFactory.Context table, DynamicTableSource whole, List<String> keyFields) {
    this.table = table;
    this.whole = whole;
    this.keyFields = keyFields;
    this.columns = IntStream.range(0, physicalNames().size()).toArray();
  }

  @Override
  public ChangelogMode getChangelogMode() {
    return ((ScanTableSource) whole).getChangelogMode();
  }

  @Override
  public boolean supportsNestedProjection() {
    return false;
  }

  @Override
  public void applyProjection(int[][] projectedFields, DataType produced) {
    columns = IntStream.range(0, projectedFields.length).map(i -> projectedFields[i][0]).toArray();
    producedType = produced;
  }

  @Override
  public Map<String, DataType> listReadableMetadata() {
    return ((SupportsReadingMetadata) whole).listReadableMetadata();
  }

  @Override
  public void applyReadableMetadata(List<String> metadataKeys, DataType produced) {
    metadata = metadataKeys;
    producedType = produced;
  }

  @Override
  public void applyWatermark(WatermarkStrategy<RowData> strategy) {
    watermarks = strategy;
  }

  @Override
  public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
    return projected().getScanRuntimeProvider(context);
  }

  private ScanTableSource projected() {
    DynamicTableSource source =
        DataRecordKafkaTableFactory.kafka()
            .createDynamicTableSource(ProjectedTable.of(table, columns, options()));
    if (producedType != null) {
      ((SupportsReadingMetadata) source).applyReadableMetadata(metadata, producedType);
    }
    if (watermarks != null) {
      ((SupportsWatermarkPushDown) source).applyWatermark(watermarks);
    }
    return (ScanTableSource) source;
  }

  /** The table's options, without those of a key that no column is read from. */
  private Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>(table.getCatalogTable().getOptions());
    List<String> names = physicalNames();
    boolean readsKey = IntStream.of(columns).mapToObj(names::get).anyMatch(keyFields::contains);
    if (!readsKey) {
      options.keySet().removeIf(option -> option.startsWith(KEY_OPTIONS));
    }
    return options;
  }

  private List<String> physicalNames() {
    return table.getCatalogTable().getResolvedSchema().getColumns().stream()
        .filter(Column::isPhysical)
        .map(Column::getName)
        .toList();
  }

  @Override
  public DynamicTableSource copy() {
    ProjectedKafkaSource copy = new ProjectedKafkaSource(table, whole, keyFields);
    copy.columns = columns;
    copy.metadata = metadata;
    copy.producedType = producedType;
    copy.watermarks = watermarks;
    return copy;
  }

  @Override
  public String asSummaryString() {
    return whole.asSummaryString();
  }
}
