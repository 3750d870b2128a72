package io.embeddingexport.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tables whose columns a key config on a topic describes, by Flink's own planner. */
@ExtendWith(SharedBroker.class)
class SqlKeyConfigTopicIT {
  private static final String NOWHERE = "localhost:1";

  private final Kafka kafka;
  private final TableEnvironment sql;
  private final String configs;
  private final String records;

  SqlKeyConfigTopicIT(Kafka kafka) {
    this.kafka = kafka;
    this.sql =
        TableEnvironment.create(
            EnvironmentSettings.newInstance()
                .inStreamingMode()
                .withConfiguration(
                    Configuration.fromMap(
                        Map.of("parallelism.default", "1", "restart-strategy.type", "none")))
                .build());
    this.configs = kafka.createTopic("sql-configs", 2, Map.of("cleanup.policy", "compact"));
    this.records = kafka.createTopic("sql-records", 1);
  }

  @Test
  void givenAKeyConfigOnATopicThenSourceAndSinkHaveItsKeys() throws Exception {
    publish("other", 1, 7200);
    publish("user", 1, 7301);
    sql.executeSql(table("users", kafka.bootstrapServers(), options("user")));

    insert("users", "1.5");

    assertThat(kafka.committed(records))
        .extracting(ConsumerRecord::value)
        .containsExactly(Events.record(7301, 1.5f, 0));
    assertThat(rows("SELECT embedding[1] FROM users")).containsExactly(Row.of(1.5f));
  }

  @Test
  void givenANewVersionThenTheNextQueryHasIt() throws Exception {
    publish("user", 1, 7301);
    sql.executeSql(table("users", kafka.bootstrapServers(), options("user")));
    insert("users", "1.5");
    publish("user", 2, 7302);

    insert("users", "2.5");

    assertThat(kafka.committed(records))
        .extracting(ConsumerRecord::value)
        .containsExactly(Events.record(7301, 1.5f, 0), Events.record(7302, 2.5f, 0));
    assertThat(rows("SELECT embedding[1] FROM users"))
        .containsExactly(Row.of((Float) null), Row.of(2.5f));
  }

  @Test
  void thePropertiesOfTheFormatShouldCountMoreThanTheTables() {
    publish("user", 1, 7301);
    sql.executeSql(
        table(
            "users",
            NOWHERE,
            options("user")
                + "'datarecord.key-config.properties.bootstrap.servers' = '"
                + kafka.bootstrapServers()
                + "',"));

    assertThat(sql.explainSql("SELECT embedding FROM users")).contains("fields=[embedding]");
  }

  @Test
  void aColumnShouldHaveTheTypeThatTheKeyConfigSays() {
    publish("user", 1, 7301);
    sql.executeSql(
        table("users", kafka.bootstrapServers(), options("user")).replace("FLOAT", "DOUBLE"));

    assertThatThrownBy(() -> sql.explainSql("SELECT embedding FROM users"))
        .hasStackTraceContaining(
            "column 'embedding': has elements of DOUBLE; the key config says FLOAT");
  }

  @Test
  void givenNoKeyConfigInForceThenTopicBrokersAndReasonAreNamed() {
    publish("user", 3, 7301);
    kafka.send(List.of(Events.message(configs, "user", null)));
    publish("item", 1, 7311);
    String where = "'key-config.topic': " + configs + " at " + kafka.bootstrapServers() + ": ";

    assertRefused(options("user"), where + "model 'user' is retired, at version 3; publish");
    assertRefused(options("itm"), where + "the topic has no model 'itm'; did you mean 'item'?");
  }

  @Test
  void givenNoSuchTopicThenItIsNamedAndNotCreated() {
    String absent = kafka.newName("sql-absent");

    assertRefused(
        options("user").replace(configs, absent),
        "'key-config.topic': "
            + absent
            + " at "
            + kafka.bootstrapServers()
            + ": the topic does not exist; name another, or create it with 'keys publish --create'");
    assertThat(topics()).doesNotContain(absent).contains(configs);
  }

  private void assertRefused(String options, String message) {
    String table = kafka.newName("refused").replace('-', '_');
    sql.executeSql(table(table, kafka.bootstrapServers(), options));
    assertThatThrownBy(() -> sql.explainSql("SELECT embedding FROM " + table))
        .hasStackTraceContaining("Format 'datarecord': " + message);
    assertThatThrownBy(
            () -> sql.explainSql("INSERT INTO " + table + " VALUES (CAST(NULL AS ARRAY<FLOAT>))"))
        .hasStackTraceContaining("Format 'datarecord': " + message);
  }

  private Set<String> topics() {
    try (var admin = kafka.admin()) {
      return admin.listTopics().names().get();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void publish(String model, int version, long key) {
    String config = Events.keyConfig(model, version, key);
    kafka.send(List.of(Events.message(configs, model, config.getBytes(UTF_8))));
  }

  private String options(String model) {
    return "'datarecord.key-config.topic' = '"
        + configs
        + "', 'datarecord.key-config.model' = '"
        + model
        + "',";
  }

  private String table(String name, String servers, String options) {
    return "CREATE TABLE "
        + name
        + " (embedding ARRAY<FLOAT>) WITH ('connector' = 'datarecord-kafka', 'topic' = '"
        + records
        + "', 'properties.bootstrap.servers' = '"
        + servers
        + "', 'properties.group.id' = 'sql', 'scan.startup.mode' = 'earliest-offset',"
        + " 'scan.bounded.mode' = 'latest-offset', "
        + options
        + " 'format' = 'datarecord')";
  }

  private void insert(String table, String number) throws Exception {
    sql.executeSql(
            "INSERT INTO "
                + table
                + " VALUES (ARRAY[CAST("
                + number
                + " AS FLOAT), CAST(0 AS FLOAT)])")
        .await();
  }

  private List<Row> rows(String query) throws Exception {
    try (CloseableIterator<Row> rows = sql.executeSql(query).collect()) {
      List<Row> list = new ArrayList<>();
      rows.forEachRemaining(list::add);
      return list;
    }
  }
}
