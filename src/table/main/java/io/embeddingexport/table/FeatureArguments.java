package io.embeddingexport.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.ArgumentCount;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.ConstantArgumentCount;
import org.apache.flink.table.types.inference.InputTypeStrategy;
import org.apache.flink.table.types.inference.Signature;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.utils.DataTypeUtils;

/** Arguments in pairs: a feature, which is a literal, and its value. */
final class FeatureArguments implements InputTypeStrategy {

  @Override
  public ArgumentCount getArgumentCount() {
    return ConstantArgumentCount.from(2);
  }

  @Override
  public Optional<List<DataType>> inferInputTypes(CallContext call, boolean throwOnFailure) {
    try {
      FeatureColumns.of(row(call), ColumnOptions.NONE);
    } catch (ValidationException e) {
      return call.fail(throwOnFailure, "%s", e.getMessage());
    }
    return Optional.of(
        call.getArgumentDataTypes().stream().map(DataTypeUtils::toInternalDataType).toList());
  }

  @Override
  public List<Signature> getExpectedSignatures(FunctionDefinition function) {
    return List.of(
        Signature.of(Signature.Argument.of("feature", "STRING"), Signature.Argument.of("value")));
  }

  /**
   * The features as columns of a row.
   *
   * @throws ValidationException if they come in no pairs, or one is no literal
   */
  static RowType row(CallContext call) {
    List<DataType> types = call.getArgumentDataTypes();
    if (types.size() % 2 != 0) {
      throw new ValidationException(
          "TO_DATA_RECORD takes pairs of a feature and a value; "
              + types.size()
              + " arguments are no pairs.");
    }
    List<String> names = new ArrayList<>();
    List<LogicalType> values = new ArrayList<>();
    for (int i = 0; i < types.size(); i += 2) {
      int argument = i + 1;
      names.add(
          call.getArgumentValue(i, String.class)
              .orElseThrow(
                  () ->
                      new ValidationException(
                          "TO_DATA_RECORD: argument "
                              + argument
                              + " is a feature, and must be a literal such as 'taste' or"
                              + " '7301'.")));
      values.add(types.get(i + 1).getLogicalType());
    }
    return RowType.of(values.toArray(LogicalType[]::new), names.toArray(String[]::new));
  }

  /** The values of the pairs. */
  static GenericRowData values(Object[] arguments) {
    GenericRowData values = new GenericRowData(arguments.length / 2);
    for (int i = 0; i < values.getArity(); i++) {
      values.setField(i, arguments[2 * i + 1]);
    }
    return values;
  }
}
