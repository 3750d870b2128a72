-- The key config of a model, on the key-config topic of a job, describes the columns of its records. Needs a running
-- Flink (`bin/start-cluster.sh`), its SQL connector for Kafka, and the jar of `mvn -q package -DskipTests -DskipITs`:
--
--   bin/embedding-export broker --topic sql-users
--   bin/embedding-export keys publish --create etc/samples/keys
--   sql-client.sh --jar target/embedding-export-0.1.0-SNAPSHOT-sql.jar --jar flink-sql-connector-kafka-5.0.0-2.2.jar \
--     -f examples/sql/key-config-topic.sql

SET 'sql-client.execution.result-mode' = 'tableau';
SET 'execution.runtime-mode' = 'batch';
SET 'table.dml-sync' = 'true';

CREATE TABLE users (
  user_id BIGINT,
  user_interests ARRAY<FLOAT>
) WITH (
  'connector' = 'datarecord-kafka',
  'topic' = 'sql-users',
  'properties.bootstrap.servers' = 'localhost:9092',
  'properties.isolation.level' = 'read_committed',
  'scan.startup.mode' = 'earliest-offset',
  'scan.bounded.mode' = 'latest-offset',
  'format' = 'datarecord',
  'datarecord.keys' = 'user_id:meta.user_id',
  'datarecord.key-config.topic' = 'embedding-key-configs',
  'datarecord.key-config.model' = 'user'
);

INSERT INTO users SELECT 42, ARRAY[
  CAST(0 AS FLOAT), CAST(0.5 AS FLOAT), CAST(1 AS FLOAT), CAST(1.5 AS FLOAT),
  CAST(2 AS FLOAT), CAST(2.5 AS FLOAT), CAST(3 AS FLOAT), CAST(3.5 AS FLOAT),
  CAST(4 AS FLOAT), CAST(4.5 AS FLOAT), CAST(5 AS FLOAT), CAST(5.5 AS FLOAT),
  CAST(6 AS FLOAT), CAST(6.5 AS FLOAT), CAST(7 AS FLOAT), CAST(7.5 AS FLOAT)];

-- The key config says that the tensor has 16 elements: an array of another length is refused.
SELECT user_id, CARDINALITY(user_interests) AS extent, user_interests[16] AS last_interest FROM users;
