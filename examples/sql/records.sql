-- Events in JSON become records, and a query reads one tensor of them. Needs a running Flink (`bin/start-cluster.sh`), its
-- SQL connector for Kafka, and the jar of `mvn -q package -DskipTests -DskipITs`:
--
--   bin/embedding-export broker --topic sql-events,sql-records
--   sql-client.sh --jar target/embedding-export-0.1.0-SNAPSHOT-sql.jar --jar flink-sql-connector-kafka-5.0.0-2.2.jar \
--     -f examples/sql/records.sql

SET 'sql-client.execution.result-mode' = 'tableau';
SET 'execution.runtime-mode' = 'batch';
SET 'table.dml-sync' = 'true';

CREATE TABLE events (
  user_id BIGINT,
  taste ARRAY<FLOAT>,
  history ARRAY<ARRAY<FLOAT>>,
  country STRING
) WITH (
  'connector' = 'kafka',
  'topic' = 'sql-events',
  'properties.bootstrap.servers' = 'localhost:9092',
  'scan.startup.mode' = 'earliest-offset',
  'scan.bounded.mode' = 'latest-offset',
  'format' = 'json'
);

CREATE TABLE records (
  user_id BIGINT,
  taste ARRAY<FLOAT>,
  history ARRAY<ARRAY<FLOAT>>,
  country STRING,
  origin MAP<STRING, BYTES> METADATA FROM 'headers' VIRTUAL,
  problem STRING METADATA FROM 'value.error' VIRTUAL
) WITH (
  'connector' = 'datarecord-kafka',
  'topic' = 'sql-records',
  'properties.bootstrap.servers' = 'localhost:9092',
  'properties.isolation.level' = 'read_committed',
  'scan.startup.mode' = 'earliest-offset',
  'scan.bounded.mode' = 'latest-offset',
  'format' = 'datarecord',
  'datarecord.keys' = 'user_id:meta.user_id; taste:7301; history:7302',
  'datarecord.shapes' = 'taste:[2]; history:[-1,2]',
  'datarecord.on-error' = 'column'
);

INSERT INTO events VALUES
  (42, ARRAY[CAST(0.5 AS FLOAT), CAST(-1.5 AS FLOAT)], ARRAY[ARRAY[CAST(1 AS FLOAT), CAST(2 AS FLOAT)]], 'NZ'),
  (43, ARRAY[CAST(0.25 AS FLOAT), CAST(1 AS FLOAT)], CAST(NULL AS ARRAY<ARRAY<FLOAT>>), CAST(NULL AS STRING));

INSERT INTO records SELECT * FROM events;

EXPLAIN SELECT taste FROM records;

SELECT user_id, taste, history, country, problem FROM records;

CREATE TEMPORARY SYSTEM FUNCTION TO_DATA_RECORD AS 'io.embeddingexport.table.ToDataRecord';

SELECT TO_DATA_RECORD('7301', taste, 'meta.user_id', user_id) AS record FROM events WHERE user_id = 42;
