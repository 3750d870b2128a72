package io.embeddingexport.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.flink.table.types.DataType;

/**
 * A table of some physical columns of another, for a factory that knows nothing of projections.
 *
 * @param whole the other table
 * @param table this one
 */
record ProjectedTable(DynamicTableFactory.Context whole, ResolvedCatalogTable table)
    implements DynamicTableFactory.Context {

  /**
   * @param indexes of physical columns, in the order of the new table
   * @param options of the new table
   */
  static ProjectedTable of(
      DynamicTableFactory.Context whole, int[] indexes, Map<String, String> options) {
    ResolvedCatalogTable table = whole.getCatalogTable();
    List<Column> physical =
        table.getResolvedSchema().getColumns().stream().filter(Column::isPhysical).toList();
    List<Column> columns = new ArrayList<>();
    for (int index : indexes) {
      columns.add(physical.get(index));
    }
    table.getResolvedSchema().getColumns().stream()
        .filter(Column.MetadataColumn.class::isInstance)
        .forEach(columns::add);
    return new ProjectedTable(
        whole,
        new ResolvedCatalogTable(
            table.getOrigin().copy(options),
            new ResolvedSchema(columns, List.of(), null, List.of())));
  }

  /** Names of the whole table's physical columns. */
  List<String> wholeColumns() {
    return DataType.getFieldNames(whole.getPhysicalRowDataType());
  }

  @Override
  public ObjectIdentifier getObjectIdentifier() {
    return whole.getObjectIdentifier();
  }

  @Override
  public ResolvedCatalogTable getCatalogTable() {
    return table;
  }

  @Override
  public Map<String, String> getEnrichmentOptions() {
    return whole.getEnrichmentOptions();
  }

  @Override
  public ReadableConfig getConfiguration() {
    return whole.getConfiguration();
  }

  @Override
  public ClassLoader getClassLoader() {
    return whole.getClassLoader();
  }

  @Override
  public boolean isTemporary() {
    return whole.isTemporary();
  }
}
