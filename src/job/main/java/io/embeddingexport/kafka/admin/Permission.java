package io.embeddingexport.kafka.admin;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/**
 * A permission that brokers ask for: an operation on resources of one type.
 *
 * @param names none for the cluster
 * @param pattern {@code PREFIXED}: the names are prefixes
 */
public record Permission(
    AclOperation operation, ResourceType type, List<String> names, PatternType pattern) {

  public Permission {
    names = List.copyOf(names);
  }

  public static Permission topic(AclOperation operation, String name) {
    return topics(operation, List.of(name));
  }

  public static Permission topics(AclOperation operation, List<String> names) {
    return new Permission(operation, ResourceType.TOPIC, names, PatternType.LITERAL);
  }

  public static Permission group(AclOperation operation, String name) {
    return new Permission(operation, ResourceType.GROUP, List.of(name), PatternType.LITERAL);
  }

  public static Permission transactionalId(AclOperation operation, String id) {
    return new Permission(
        operation, ResourceType.TRANSACTIONAL_ID, List.of(id), PatternType.LITERAL);
  }

  /** On all transactional ids with a prefix. */
  public static Permission transactionalIds(AclOperation operation, String prefix) {
    return new Permission(
        operation, ResourceType.TRANSACTIONAL_ID, List.of(prefix), PatternType.PREFIXED);
  }

  public static Permission cluster(AclOperation operation) {
    return new Permission(operation, ResourceType.CLUSTER, List.of(), PatternType.LITERAL);
  }

  /** What the brokers refused, and the command that allows it; one line. */
  public String refusal(String bootstrapServers) {
    return this + " is not allowed; grant it: " + command(bootstrapServers);
  }

  /** The command that grants it to {@code User:PRINCIPAL}. */
  public String command(String bootstrapServers) {
    String option = " --" + type.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return "kafka-acls.sh --bootstrap-server "
        + bootstrapServers
        + " --add --allow-principal User:PRINCIPAL --operation "
        + spelled()
        + (names.isEmpty()
            ? option
            : names.stream().map(name -> option + ' ' + name).collect(Collectors.joining()))
        + (pattern == PatternType.PREFIXED ? " --resource-pattern-type prefixed" : "");
  }

  /** The operation as the command has it: DescribeConfigs. */
  private String spelled() {
    StringBuilder spelled = new StringBuilder();
    for (String word : operation.name().split("_")) {
      spelled.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return spelled.toString();
  }

  /** As in "READ on topic 'events'". */
  @Override
  public String toString() {
    if (names.isEmpty()) {
      return operation + " on the " + title();
    }
    String quoted = "'" + String.join("', '", names) + "'";
    return pattern == PatternType.PREFIXED
        ? operation + " on " + title() + "s that start with " + quoted
        : operation + " on " + title() + (names.size() > 1 ? "s " : " ") + quoted;
  }

  private String title() {
    return type.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
