package io.embeddingexport.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.table.DataRecordFormatFactory;
import io.embeddingexport.table.DataRecordSerializationSchema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.utils.LogicalTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/sql.md against the format, and against the scripts that SqlClientIT runs. */
class SqlPageTest {
  private static final Markdown PAGE = Markdown.of(Path.of("docs/sql.md"));
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (`.*?) \\|");

  static Stream<String> types() {
    return names("## Columns").map(type -> type.replace(" and so on", ""));
  }

  @ParameterizedTest
  @MethodSource("types")
  void everyTypeOfThePageIsAColumns(String type) {
    LogicalType parsed = LogicalTypeParser.parse(type, SqlPageTest.class.getClassLoader());
    RowType row = RowType.of(new LogicalType[] {parsed}, new String[] {"c"});

    assertThat(new DataRecordSerializationSchema(row, new Configuration())).isNotNull();
  }

  @Test
  void thePageHasEveryOptionOfTheFormat() {
    List<String> keys =
        new DataRecordFormatFactory().optionalOptions().stream().map(ConfigOption::key).toList();

    assertThat(names("## Options of the format")).containsExactlyInAnyOrderElementsOf(keys);
  }

  @Test
  void everyStatementOfThePageIsInAScriptThatIsTested() throws Exception {
    String scripts =
        Files.readString(Path.of("examples/sql/records.sql"))
            + Files.readString(Path.of("examples/sql/key-config-topic.sql"));

    assertThat(PAGE.blocks("sql"))
        .isNotEmpty()
        .allSatisfy(block -> assertThat(scripts).contains(block.strip()));
  }

  /** The words in code of the first column of the table under {@code heading}. */
  private static Stream<String> names(String heading) {
    String section = PAGE.text().split(Pattern.quote(heading + "\n"), 2)[1].split("\n## ", 2)[0];
    return ROW.matcher(section)
        .results()
        .flatMap(row -> Stream.of(row.group(1).split("`, `")))
        .map(name -> name.replace("`", "").strip());
  }
}
