package io.embeddingexport.table;

import java.util.Map;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.DescribedEnum;
import org.apache.flink.configuration.description.InlineElement;
import org.apache.flink.configuration.description.TextElement;

/**
 * The options of the format {@code datarecord}. In a table's options each begins with {@code
 * datarecord.}, or with {@code value.datarecord.} if the table says {@code value.format}.
 *
 * <p>Some list columns: {@code 'column:value;column:value'}, or {@code 'column;column'}.
 */
@PublicEvolving
public final class DataRecordFormatOptions {
  public static final ConfigOption<String> KEYS =
      ConfigOptions.key("keys")
          .stringType()
          .defaultValue("")
          .withDescription(
              "Features of columns: 'column:7301;other:meta.user_id', by feature id or name. "
                  + "A column that is not listed stands for the feature of its own name, or of"
                  + " the id that its name is.");

  public static final ConfigOption<String> KEY_CONFIG =
      ConfigOptions.key("key-config")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "File with a key config, which gives its key, shape and encoding to each column of"
                  + " its tensors' names. The other options count more. Whoever plans the query"
                  + " reads the file.");

  public static final ConfigOption<String> KEY_CONFIG_TOPIC =
      ConfigOptions.key("key-config.topic")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Key-config topic to take the key config from, instead of a file. Whoever plans the"
                  + " query reads it to its end. A planned query keeps the version that it met.");

  public static final ConfigOption<String> KEY_CONFIG_MODEL =
      ConfigOptions.key("key-config.model")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Model whose key config describes the columns. A file with one key config needs"
                  + " none.");

  public static final ConfigOption<Map<String, String>> KEY_CONFIG_PROPERTIES =
      ConfigOptions.key("key-config.properties")
          .mapType()
          .noDefaultValue()
          .withDescription(
              "Properties of the Kafka client that reads the key-config topic, each as an option:"
                  + " 'key-config.properties.bootstrap.servers'. Without any, the client has the"
                  + " table's own: 'properties.*'.");

  public static final ConfigOption<String> SHAPES =
      ConfigOptions.key("shapes")
          .stringType()
          .defaultValue("")
          .withDescription(
              "Shapes of tensors: 'column:[2,3];other:[-1,128]'; -1: any. Rows and records of"
                  + " another shape are refused. An ARRAY of one level holds the elements"
                  + " row-major.");

  public static final ConfigOption<String> SCALAR_TENSORS =
      ConfigOptions.key("scalar-tensors")
          .stringType()
          .defaultValue("")
          .withDescription("Scalar columns that stand for tensors of one element: 'column;other'.");

  public static final ConfigOption<String> TYPED_TENSORS =
      ConfigOptions.key("typed-tensors")
          .stringType()
          .defaultValue("")
          .withDescription(
              "Columns written as FloatTensor, DoubleTensor, Int32Tensor, Int64Tensor or"
                  + " BoolTensor, not as RawTypedTensor: 'column;other'. Both are read.");

  public static final ConfigOption<OnError> ON_ERROR =
      ConfigOptions.key("on-error")
          .enumType(OnError.class)
          .defaultValue(OnError.FAIL)
          .withDescription("What a message becomes that is no record, or that does not fit.");

  /** What a message becomes that is no record, or that does not fit the table. */
  public enum OnError implements DescribedEnum {
    FAIL("fail", "The job fails."),
    SKIP("skip", "No row. The metric skippedRecords counts it."),
    COLUMN("column", "A row of NULLs. The metadata column 'error' has the reason.");

    private final String word;
    private final String meaning;

    OnError(String word, String meaning) {
      this.word = word;
      this.meaning = meaning;
    }

    @Override
    public InlineElement getDescription() {
      return TextElement.text(meaning);
    }

    /** The word in a table's options. */
    @Override
    public String toString() {
      return word;
    }
  }

  private DataRecordFormatOptions() {}
}
