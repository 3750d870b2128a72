package io.embeddingexport.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** Reads the {@code kafka-acls.sh --add …} of a message. */
public final class GrantCommand {
  private static final String NAME = "kafka-acls.sh";

  /**
   * What the command in a text grants.
   *
   * @param user in place of the command's {@code User:PRINCIPAL}
   */
  public static AclBinding parse(String text, String user) {
    assertThat(text).contains(NAME);
    List<String> words = List.of(text.substring(text.indexOf(NAME)).split("\\s+"));
    assertThat(words).contains("--bootstrap-server", "--add", "User:PRINCIPAL");
    PatternType pattern =
        words.contains("--resource-pattern-type")
            ? PatternType.valueOf(after("--resource-pattern-type", words).toUpperCase(Locale.ROOT))
            : PatternType.LITERAL;
    for (ResourceType type :
        List.of(ResourceType.TOPIC, ResourceType.GROUP, ResourceType.TRANSACTIONAL_ID)) {
      String option = "--" + type.name().toLowerCase(Locale.ROOT).replace('_', '-');
      if (words.contains(option)) {
        return new AclBinding(
            new ResourcePattern(type, after(option, words), pattern),
            new AccessControlEntry(
                "User:" + user,
                "*",
                AclOperation.fromString(after("--operation", words)),
                AclPermissionType.ALLOW));
      }
    }
    throw new AssertionError("names no resource: " + text);
  }

  private static String after(String option, List<String> words) {
    return words.get(words.indexOf(option) + 1);
  }

  private GrantCommand() {}
}
