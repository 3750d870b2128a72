package io.embeddingexport.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.FloatType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureColumnsTest {
  /** libtwml's id of the name {@code meta.user_id}. */
  private static final long META_USER_ID = -1887718638306251279L;

  private static final String FILE = "etc/samples/keys/user.yaml";

  @Test
  void aColumnShouldStandForTheFeatureOfItsName() {
    assertThat(id("meta.user_id", "")).isEqualTo(META_USER_ID);
    assertThat(id("7301", "")).isEqualTo(7301);
  }

  @Test
  void aColumnShouldStandForTheFeatureThatKeysNames() {
    assertThat(id("user", "user:meta.user_id")).isEqualTo(META_USER_ID);
    assertThat(id("user", " user : -5 ; ")).isEqualTo(-5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DECIMAL(5, 2) | | | type DECIMAL(5, 2) has no counterpart in a record: CAST it to DOUBLE or BIGINT",
        "TIMESTAMP(3) | | | type TIMESTAMP(3) has no counterpart in a record: use BIGINT, such as milliseconds since the epoch",
        "MAP<STRING, INT> | | | type MAP<STRING, INT> has no counterpart in a record: MAP<STRING, DOUBLE> has one",
        "MULTISET<INT> | | | type MULTISET<INT> has no counterpart in a record: MULTISET<STRING> has one",
        "ROW<a INT> | | | type ROW<`a` INT> has no counterpart in a record",
        "ARRAY<TINYINT> | | | no tensor has elements of TINYINT: use SMALLINT for UINT8, which is 0 to 255",
        "ARRAY<FLOAT> | shapes | taste:[2.5] | shape '[2.5]' is not of the form [2,3]",
        "ARRAY<FLOAT> | shapes | taste:[-2] | shape [-2]: dimension -2 is neither >= 0 nor -1 (any)",
        "ARRAY<ARRAY<FLOAT>> | shapes | taste:[2] | has 2 levels of ARRAY; shape [2] has rank 1",
        "FLOAT | shapes | taste:[2] | is no tensor, but is listed in 'shapes'",
        "FLOAT | typed-tensors | taste | is no tensor, but is listed in 'typed-tensors'",
        "ARRAY<FLOAT> | scalar-tensors | taste | is an ARRAY, which is a tensor anyway: take it out of 'scalar-tensors'",
        "ARRAY<STRING> | typed-tensors | taste | there is no typed tensor of STRING",
        "FLOAT | keys | taste:99999999999999999999 | key 99999999999999999999 is no signed 64-bit integer",
      })
  void aColumnThatStandsForNothingShouldSayWhy(
      String type, String option, String value, String problem) {
    LogicalType parsed = TypeCase.row(type).getTypeAt(0);

    assertThatThrownBy(() -> columns(row("taste", parsed), option, value))
        .isInstanceOf(ValidationException.class)
        .hasMessage("Format 'datarecord': column 'taste': " + problem + ".");
  }

  @Test
  void allProblemsShouldBeNamedAtOnceWithTheNearWord() {
    assertThatThrownBy(
            () -> columns(row("taste", new FloatType()), "keys", "tast:1; x; y:; taste:2; taste:3"))
        .hasMessage(
            "Format 'datarecord': 'keys': the table has no column 'tast'; did you mean 'taste'?;"
                + " 'keys': 'x' is not of the form column:value;"
                + " 'keys': 'y:' is not of the form column:value;"
                + " 'keys': column 'taste' is listed twice.");
  }

  @Test
  void aKeyConfigShouldDescribeTheColumnsOfItsNames() {
    FeatureColumn column =
        columns(
                row("user_embedding", TypeCase.row("ARRAY<FLOAT>").getTypeAt(0)),
                "key-config",
                FILE)
            .get(0);

    assertThat(column.id()).isEqualTo(7301);
    assertThat(column.tensor().shape()).hasToString("[128]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ARRAY<DOUBLE> | has elements of DOUBLE; the key config says FLOAT",
        "FLOAT | is a tensor of FLOAT and shape [128] in the key config; declare an ARRAY",
      })
  void aColumnShouldAgreeWithTheKeyConfig(String type, String problem) {
    RowType row = row("user_embedding", TypeCase.row(type).getTypeAt(0));

    assertThatThrownBy(() -> columns(row, "key-config", FILE))
        .hasMessage("Format 'datarecord': column 'user_embedding': " + problem + ".");
  }

  @Test
  void aKeyConfigThatCannotBeReadShouldBeNamed() {
    assertThatThrownBy(() -> columns(row("a", new FloatType()), "key-config", "no/such.yaml"))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("'key-config': cannot read no/such.yaml: java.nio.file.NoSuchFile");
  }

  @Test
  void twoColumnsShouldNotStandForOneFeature() {
    RowType two =
        RowType.of(new LogicalType[] {new BigIntType(), new BigIntType()}, new String[] {"a", "b"});

    assertThatThrownBy(() -> columns(two, "keys", "a:1;b:1"))
        .hasMessage("Format 'datarecord': columns 'a' and 'b' stand for the same feature, 1.");
  }

  @Test
  void givenErrorsInAColumnThenAColumnThatIsNotNullShouldBeRefused() {
    assertThatThrownBy(
            () ->
                TypeCase.reader(
                    TypeCase.row("FLOAT NOT NULL"),
                    Configuration.fromMap(Map.of("on-error", "column"))))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("column 'c' is NOT NULL, but 'on-error' = 'column' makes rows of");
  }

  private static long id(String column, String keys) {
    return columns(row(column, new BigIntType()), "keys", keys).get(0).id();
  }

  private static RowType row(String column, LogicalType type) {
    return RowType.of(new LogicalType[] {type}, new String[] {column});
  }

  private static List<FeatureColumn> columns(RowType row, String option, String value) {
    Configuration options =
        option == null ? new Configuration() : Configuration.fromMap(Map.of(option, value));
    return FeatureColumns.of(row, ColumnOptions.of(options, row.getFieldNames()));
  }
}
