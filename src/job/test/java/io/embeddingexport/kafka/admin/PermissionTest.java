package io.embeddingexport.kafka.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.Test;

class PermissionTest {
  private static final String GRANT =
      "kafka-acls.sh --bootstrap-server broker:9092 --add --allow-principal User:PRINCIPAL ";

  @Test
  void aRefusalShouldNameOperationAndResourceAndTheCommand() {
    assertThat(Permission.topic(AclOperation.READ, "events").refusal("broker:9092"))
        .isEqualTo(
            "READ on topic 'events' is not allowed; grant it: "
                + GRANT
                + "--operation Read --topic events");
  }

  @Test
  void theCommandShouldBeAsKafkaSpellsIt() {
    assertThat(
            Permission.topics(AclOperation.DESCRIBE_CONFIGS, List.of("a", "b"))
                .command("broker:9092"))
        .isEqualTo(GRANT + "--operation DescribeConfigs --topic a --topic b");
    assertThat(Permission.group(AclOperation.READ, "g").command("broker:9092"))
        .isEqualTo(GRANT + "--operation Read --group g");
    assertThat(Permission.transactionalIds(AclOperation.WRITE, "job.").command("broker:9092"))
        .isEqualTo(
            GRANT + "--operation Write --transactional-id job. --resource-pattern-type prefixed");
    assertThat(Permission.cluster(AclOperation.DESCRIBE).command("broker:9092"))
        .isEqualTo(GRANT + "--operation Describe --cluster");
  }

  @Test
  void aPermissionShouldReadLikeASentence() {
    assertThat(Permission.topics(AclOperation.READ, List.of("a", "b")))
        .hasToString("READ on topics 'a', 'b'");
    assertThat(Permission.transactionalIds(AclOperation.WRITE, "job."))
        .hasToString("WRITE on transactional ids that start with 'job.'");
    assertThat(Permission.cluster(AclOperation.DESCRIBE)).hasToString("DESCRIBE on the cluster");
  }
}
