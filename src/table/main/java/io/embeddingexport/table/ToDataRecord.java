package io.embeddingexport.table;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.functions.SpecializedFunction;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.inference.TypeStrategies;
import org.apache.flink.table.types.logical.RowType;
import org.jspecify.annotations.Nullable;

/**
 * {@code TO_DATA_RECORD(feature, value, feature, value, …)}: the bytes of a DataRecord, for a
 * connector or format of any kind. A feature is a literal: its name, or its id as digits. A NULL
 * value is no feature. Types are those of the format {@code datarecord}.
 */
@PublicEvolving
public final class ToDataRecord extends ScalarFunction implements SpecializedFunction {
  private static final long serialVersionUID = 1L;

  /** Null until the function knows the arguments of its call. */
  private final @Nullable RowType row;

  private transient @Nullable RowWriter writer;

  /** The function before it is called. */
  public ToDataRecord() {
    this(null);
  }

  private ToDataRecord(@Nullable RowType row) {
    this.row = row;
  }

  @Override
  public TypeInference getTypeInference(DataTypeFactory types) {
    return TypeInference.newBuilder()
        .inputTypeStrategy(new FeatureArguments())
        .outputTypeStrategy(TypeStrategies.explicit(DataTypes.BYTES().notNull()))
        .build();
  }

  @Override
  public UserDefinedFunction specialize(SpecializedContext context) {
    return new ToDataRecord(FeatureArguments.row(context.getCallContext()));
  }

  /**
   * The record.
   *
   * @param arguments feature, value, feature, value, …, in Flink's internal form
   * @throws IllegalArgumentException if a record cannot hold a value
   */
  public byte[] eval(Object... arguments) {
    RowWriter rows = writer;
    if (rows == null) {
      if (row == null) {
        throw new IllegalStateException("TO_DATA_RECORD is called by the planner only");
      }
      rows = new RowWriter(FeatureColumns.of(row, ColumnOptions.NONE));
      writer = rows;
    }
    return rows.write(FeatureArguments.values(arguments));
  }
}
