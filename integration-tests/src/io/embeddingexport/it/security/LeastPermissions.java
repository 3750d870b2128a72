package io.embeddingexport.it.security;

import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.PatternType.LITERAL;
import static org.apache.kafka.common.resource.PatternType.PREFIXED;
import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.apache.kafka.common.resource.ResourceType.TRANSACTIONAL_ID;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * The least permissions of the job and of each command that talks to Kafka. {@link
 * CommandPermissionsIT} tries each; docs/security.md shows them.
 */
final class LeastPermissions {

  /** A topic, a group or transactional ids. */
  enum Resource {
    INPUT("the input topics", TOPIC, LITERAL, "%s-events"),
    KEY_CONFIGS("the key-config topic", TOPIC, LITERAL, "%s-configs"),
    OUTPUT("the output topics", TOPIC, LITERAL, "%s-records"),
    DEAD_LETTERS("the dead-letter topic", TOPIC, LITERAL, "%s-letters"),
    EACH_TOPIC("each of the topics", TOPIC, LITERAL, "%s-letters"),
    JOB_GROUP("the group `input.group-id`", GROUP, LITERAL, "%s-exporters"),
    READERS_GROUP("the group of `--group`", GROUP, LITERAL, "%s-readers"),
    BACKFILL_GROUPS(
        "the groups with the prefix *`input.group-id`*`.backfill.`",
        GROUP,
        PREFIXED,
        "%s-exporters.backfill."),
    REPLAY_GROUPS(
        "the groups with the prefix *`input.group-id`*`.replay.`",
        GROUP,
        PREFIXED,
        "%s-exporters.replay."),
    JOB_IDS(
        "the transactional ids with the prefix `output.transactional-id-prefix`",
        TRANSACTIONAL_ID,
        PREFIXED,
        "%s."),
    KEYS_ID(
        "the transactional id `embedding-export-keys-`*topic*",
        TRANSACTIONAL_ID,
        LITERAL,
        "embedding-export-keys-%s-configs");

    private final String title;
    private final ResourceType type;
    private final PatternType pattern;
    private final String name;

    /**
     * @param name in the tests, with a place for the name of the job
     */
    Resource(String title, ResourceType type, PatternType pattern, String name) {
      this.title = title;
      this.type = type;
      this.pattern = pattern;
      this.name = name;
    }

    /** Its name in the tests of a job. */
    String name(String job) {
      return name.formatted(job);
    }
  }

  /** One ACL. */
  record Permission(AclOperation operation, Resource resource) {

    /** What grants it to the user of a job. */
    List<AclBinding> acls(String user, String job) {
      return resource == Resource.EACH_TOPIC
          ? Stream.of(Resource.INPUT, Resource.KEY_CONFIGS, Resource.OUTPUT, Resource.DEAD_LETTERS)
              .map(topic -> new Permission(operation, topic).acl(user, job))
              .toList()
          : List.of(acl(user, job));
    }

    /** One of them; the last. */
    AclBinding acl(String user, String job) {
      return new AclBinding(
          new ResourcePattern(resource.type, resource.name(job), resource.pattern),
          new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW));
    }

    @Override
    public String toString() {
      return operation + " on " + resource.title;
    }
  }

  /** By command. Those with the same permissions stand together. */
  static final Map<List<String>, List<Permission>> ALL = new LinkedHashMap<>();

  private static final List<Permission> INPUTS =
      List.of(new Permission(READ, Resource.INPUT), new Permission(READ, Resource.KEY_CONFIGS));

  private static final List<Permission> LETTERS =
      List.of(
          new Permission(READ, Resource.DEAD_LETTERS), new Permission(READ, Resource.KEY_CONFIGS));

  private static final List<Permission> LOOKS =
      List.of(
          new Permission(DESCRIBE, Resource.INPUT),
          new Permission(DESCRIBE, Resource.KEY_CONFIGS),
          new Permission(DESCRIBE, Resource.JOB_GROUP));

  private static final List<Permission> OUTPUTS =
      List.of(
          new Permission(WRITE, Resource.OUTPUT),
          new Permission(WRITE, Resource.DEAD_LETTERS),
          new Permission(WRITE, Resource.JOB_IDS));

  static {
    ALL.put(
        List.of("run", "doctor"),
        all(INPUTS, List.of(new Permission(READ, Resource.JOB_GROUP)), OUTPUTS));
    ALL.put(
        List.of("backfill"),
        all(INPUTS, List.of(new Permission(READ, Resource.BACKFILL_GROUPS)), OUTPUTS));
    ALL.put(
        List.of("positions show", "positions set"),
        all(LOOKS, List.of(new Permission(DESCRIBE, Resource.JOB_IDS))));
    ALL.put(List.of("positions adopt"), LOOKS);
    ALL.put(
        List.of("positions set --yes", "positions adopt --yes"),
        all(
            INPUTS,
            List.of(
                new Permission(READ, Resource.JOB_GROUP),
                new Permission(WRITE, Resource.JOB_IDS))));
    ALL.put(
        List.of("transactions list", "transactions describe", "transactions abort"),
        List.of(new Permission(DESCRIBE, Resource.JOB_IDS)));
    ALL.put(List.of("transactions abort --yes"), List.of(new Permission(WRITE, Resource.JOB_IDS)));
    ALL.put(
        List.of("keys list", "keys show", "keys diff"),
        List.of(new Permission(READ, Resource.KEY_CONFIGS)));
    ALL.put(
        List.of("keys publish", "keys retire"),
        List.of(
            new Permission(READ, Resource.KEY_CONFIGS),
            new Permission(WRITE, Resource.KEY_CONFIGS),
            new Permission(WRITE, Resource.KEYS_ID)));
    ALL.put(
        List.of("keys publish --create"),
        List.of(
            new Permission(CREATE, Resource.KEY_CONFIGS),
            new Permission(WRITE, Resource.KEY_CONFIGS),
            new Permission(WRITE, Resource.KEYS_ID)));
    ALL.put(List.of("keys publish --dry-run", "keys publish --canary"), INPUTS);
    ALL.put(List.of("produce"), List.of(new Permission(WRITE, Resource.INPUT)));
    ALL.put(
        List.of("produce --create"),
        List.of(new Permission(CREATE, Resource.INPUT), new Permission(WRITE, Resource.INPUT)));
    ALL.put(
        List.of("inputs try"),
        List.of(new Permission(READ, Resource.INPUT), new Permission(READ, Resource.KEY_CONFIGS)));
    ALL.put(List.of("peek"), List.of(new Permission(READ, Resource.OUTPUT)));
    ALL.put(
        List.of("consume"),
        List.of(
            new Permission(READ, Resource.OUTPUT), new Permission(READ, Resource.READERS_GROUP)));
    ALL.put(
        List.of("dead-letters summary", "dead-letters list"),
        List.of(new Permission(READ, Resource.DEAD_LETTERS)));
    ALL.put(List.of("dead-letters show", "dead-letters replay --dry-run"), LETTERS);
    ALL.put(
        List.of("dead-letters replay"),
        all(
            LETTERS,
            List.of(
                new Permission(READ, Resource.REPLAY_GROUPS),
                new Permission(WRITE, Resource.OUTPUT),
                new Permission(WRITE, Resource.JOB_IDS))));
    ALL.put(
        List.of("topics create"),
        List.of(
            new Permission(DESCRIBE, Resource.EACH_TOPIC),
            new Permission(CREATE, Resource.EACH_TOPIC)));
  }

  @SafeVarargs
  private static List<Permission> all(List<Permission>... some) {
    List<Permission> all = new ArrayList<>();
    List.of(some).forEach(all::addAll);
    return List.copyOf(all);
  }

  /** What a command needs. */
  static List<Permission> of(String command) {
    return ALL.entrySet().stream()
        .filter(row -> row.getKey().contains(command))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  /** The rows of the table in docs/security.md. */
  static List<String> table() {
    return ALL.entrySet().stream()
        .map(row -> "| " + commands(row.getKey()) + " | " + permissions(row.getValue()) + " |")
        .toList();
  }

  private static String commands(List<String> commands) {
    return commands.stream().map(command -> "`" + command + "`").collect(Collectors.joining(", "));
  }

  private static String permissions(List<Permission> permissions) {
    return permissions.stream().map(Permission::toString).collect(Collectors.joining(";<br>"));
  }

  private LeastPermissions() {}
}
