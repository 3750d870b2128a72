package io.embeddingexport.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embeddingexport.datarecord.DataRecordWriter;
import io.embeddingexport.datarecord.FeatureId;
import io.embeddingexport.datarecord.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** DataRecords in Flink SQL, by Flink's own planner, on a real broker. */
@ExtendWith(SharedBroker.class)
class SqlFormatIT {
  /** A column of each kind that JSON and Avro have, too. */
  private static final String COLUMNS =
      "flag BOOLEAN, small INT, age BIGINT, score DOUBLE, label STRING, picture BYTES,"
          + " weights MAP<STRING, DOUBLE>, taste ARRAY<FLOAT>, matrix ARRAY<ARRAY<DOUBLE>>,"
          + " ids ARRAY<BIGINT>, words ARRAY<STRING>, masks ARRAY<BOOLEAN>";

  private final Kafka kafka;
  private final TableEnvironment sql;
  private final Map<String, String> topics = new HashMap<>();

  SqlFormatIT(Kafka kafka) {
    this.kafka = kafka;
    this.sql =
        TableEnvironment.create(
            EnvironmentSettings.newInstance()
                .inStreamingMode()
                .withConfiguration(
                    Configuration.fromMap(
                        Map.of(
                            "parallelism.default", "1",
                            "restart-strategy.type", "none",
                            "pipeline.generic-types", "false")))
                .build());
  }

  @Test
  void givenATableInJsonThenItsRowsAreTheSameAfterRecordsAvroAndRecordsAgain() throws Exception {
    sql.executeSql(table("in_json", COLUMNS, "kafka", "json", ""));
    sql.executeSql(table("records", COLUMNS, "kafka", "datarecord", ""));
    sql.executeSql(table("in_avro", COLUMNS, "kafka", "avro", ""));
    sql.executeSql(table("again", COLUMNS, "datarecord-kafka", "datarecord", ""));
    sql.executeSql(
            "INSERT INTO in_json VALUES (TRUE, 1, 2, 0.5, 'é', x'ff00',"
                + " MAP['a', CAST(0.5 AS DOUBLE)],"
                + " ARRAY[CAST(0.5 AS FLOAT), CAST(-1.5 AS FLOAT)],"
                + " ARRAY[ARRAY[CAST(1 AS DOUBLE)], ARRAY[CAST(2 AS DOUBLE)]],"
                + " ARRAY[CAST(7 AS BIGINT)], ARRAY['x', ''], ARRAY[TRUE, FALSE]),"
                + " (FALSE, CAST(NULL AS INT), CAST(NULL AS BIGINT), CAST(NULL AS DOUBLE),"
                + " CAST(NULL AS STRING), CAST(NULL AS BYTES),"
                + " CAST(NULL AS MAP<STRING, DOUBLE>), CAST(NULL AS ARRAY<FLOAT>),"
                + " CAST(NULL AS ARRAY<ARRAY<DOUBLE>>), CAST(NULL AS ARRAY<BIGINT>),"
                + " CAST(NULL AS ARRAY<STRING>), CAST(NULL AS ARRAY<BOOLEAN>))")
        .await();
    sql.executeSql("INSERT INTO records SELECT * FROM in_json").await();
    sql.executeSql("INSERT INTO in_avro SELECT * FROM records").await();
    sql.executeSql("INSERT INTO again SELECT * FROM in_avro").await();

    assertThat(rows("SELECT * FROM again")).hasSize(2).isEqualTo(rows("SELECT * FROM in_json"));
  }

  @Test
  void givenAQueryOfOneColumnThenTheSourceReadsThatColumnAlone() throws Exception {
    sql.executeSql(
        table(
            "records",
            "id STRING, taste ARRAY<FLOAT>, broken ARRAY<FLOAT>, sent TIMESTAMP_LTZ(3) METADATA"
                + " FROM 'timestamp', WATERMARK FOR sent AS sent",
            "datarecord-kafka",
            "datarecord",
            "'key.format' = 'raw', 'key.fields' = 'id', 'value.fields-include' = 'EXCEPT_KEY',"
                + " 'value.datarecord.keys' = 'taste:7301; broken:7302',"
                + " 'value.datarecord.shapes' = 'broken:[3]',"));
    kafka.send(
        List.of(
            new ProducerRecord<>(
                topic("records"),
                0,
                12L,
                "user".getBytes(UTF_8),
                new DataRecordWriter()
                    .tensor(7301, Tensor.ofFloats(null, 0.5f))
                    .tensor(7302, Tensor.ofFloats(null, 1, 2))
                    .write())));

    assertThat(sql.explainSql("SELECT taste FROM records"))
        .contains("project=[taste], metadata=[timestamp]");
    assertThat(rows("SELECT taste[1] FROM records")).containsExactly(Row.of(0.5f));
    assertThat(rows("SELECT taste[1], id, sent = TO_TIMESTAMP_LTZ(12, 3) FROM records"))
        .containsExactly(Row.of(0.5f, "user", true));
    assertThat(rows("SELECT id FROM records")).containsExactly(Row.of("user"));
    assertThat(rows("SELECT 1 FROM records")).containsExactly(Row.of(1));
    assertThatThrownBy(() -> rows("SELECT broken FROM records"))
        .hasStackTraceContaining(
            "column 'broken' (feature 7302): a tensor of shape [2] where shape [3] belongs");
  }

  @Test
  void givenAMalformedMessageThenItsRowHasTheReason() throws Exception {
    sql.executeSql(
        table(
            "records",
            "taste ARRAY<FLOAT>, problem STRING METADATA FROM 'value.error' VIRTUAL,"
                + " message BYTES METADATA FROM 'value.record' VIRTUAL, `offset` BIGINT METADATA"
                + " VIRTUAL",
            "datarecord-kafka",
            "datarecord",
            "'datarecord.on-error' = 'column',"));
    kafka.send(
        List.of(
            new ProducerRecord<>(topic("records"), new byte[] {13, 0}),
            new ProducerRecord<>(topic("records"), new byte[] {0})));

    assertThat(rows("SELECT taste, problem, message, `offset` FROM records"))
        .containsExactly(
            Row.of(
                null,
                "the message is no DataRecord: byte 1: needs 2 bytes, 1 remain",
                new byte[] {13, 0},
                0L),
            Row.of(null, null, new byte[] {0}, 1L));
  }

  @Test
  void givenTheFunctionThenAnyConnectorWritesRecords() throws Exception {
    sql.executeSql(
        "CREATE TEMPORARY SYSTEM FUNCTION TO_DATA_RECORD AS 'io.embeddingexport.table.ToDataRecord'");
    sql.executeSql(table("raw_records", "message BYTES", "kafka", "raw", ""));
    sql.executeSql(
            "INSERT INTO raw_records SELECT TO_DATA_RECORD('taste', ARRAY[CAST(0.5 AS FLOAT)],"
                + " '7302', age, 'label', CAST(NULL AS STRING)) FROM (VALUES (1), (2)) AS t (age)")
        .await();

    long taste = FeatureId.of("taste");
    assertThat(kafka.committed(topic("raw_records")))
        .extracting(ConsumerRecord::value)
        .containsExactly(
            new DataRecordWriter()
                .discrete(7302, 1)
                .tensor(taste, Tensor.ofFloats(null, 0.5f))
                .write(),
            new DataRecordWriter()
                .discrete(7302, 2)
                .tensor(taste, Tensor.ofFloats(null, 0.5f))
                .write());
    assertThatThrownBy(() -> sql.explainSql("SELECT TO_DATA_RECORD('a', 1, 'b')"))
        .hasStackTraceContaining("3 arguments are no pairs");
    assertThatThrownBy(() -> sql.explainSql("SELECT TO_DATA_RECORD('a', CURRENT_DATE)"))
        .hasStackTraceContaining("type DATE NOT NULL has no counterpart in a record");
  }

  private String table(
      String name, String columns, String connector, String format, String options) {
    String topic = topic(name);
    kafka.create(topic, 1, Map.of());
    return "CREATE TABLE "
        + name
        + " ("
        + columns
        + ") WITH ("
        + options
        + "'connector' = '"
        + connector
        + "', 'topic' = '"
        + topic
        + "', 'properties.bootstrap.servers' = '"
        + kafka.bootstrapServers()
        + "', 'scan.startup.mode' = 'earliest-offset', 'scan.bounded.mode' = 'latest-offset',"
        + (options.contains("'key.format'") ? " 'value.format' = '" : " 'format' = '")
        + format
        + "')";
  }

  private String topic(String table) {
    return topics.computeIfAbsent(table, kafka::newName);
  }

  private List<Row> rows(String query) throws Exception {
    try (CloseableIterator<Row> rows = sql.executeSql(query).collect()) {
      List<Row> list = new ArrayList<>();
      rows.forEachRemaining(list::add);
      return list;
    }
  }
}
