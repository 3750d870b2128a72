package io.embeddingexport.kafka.positions;

import io.embeddingexport.kafka.admin.Permission;
import java.util.Optional;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;

/** What the clients of a job do with topics, the group and the transactional ids. */
public enum JobAccess {
  /** They look at positions. */
  LOOK(AclOperation.DESCRIBE, AclOperation.DESCRIBE, AclOperation.DESCRIBE),
  /** They read the inputs, and commit positions. */
  READ(AclOperation.READ, AclOperation.READ, AclOperation.WRITE),
  /** They write messages, and commit positions. */
  WRITE(AclOperation.WRITE, AclOperation.READ, AclOperation.WRITE);

  private final AclOperation topics;
  private final AclOperation group;
  private final AclOperation transactionalIds;

  JobAccess(AclOperation topics, AclOperation group, AclOperation transactionalIds) {
    this.topics = topics;
    this.group = group;
    this.transactionalIds = transactionalIds;
  }

  /** What is done with the topics. */
  public AclOperation topics() {
    return topics;
  }

  /** The failure, or if a permission was missing, an exception that names it. */
  public RuntimeException explain(RuntimeException failure, PositionSettings settings) {
    if (failure instanceof PermissionException) {
      return failure;
    }
    return missing(failure, settings)
        .<RuntimeException>map(
            permission ->
                new PermissionException(permission.refusal(settings.bootstrapServers()), failure))
        .orElse(failure);
  }

  /** The permission that a failed request lacked; empty: it failed for another reason. */
  Optional<Permission> missing(Throwable failure, PositionSettings settings) {
    Throwable cause = failure;
    while (cause != null && !(cause instanceof AuthorizationException)) {
      cause = cause.getCause();
    }
    if (cause instanceof TopicAuthorizationException topic
        && !topic.unauthorizedTopics().isEmpty()) {
      return Optional.of(
          Permission.topics(topics, topic.unauthorizedTopics().stream().sorted().toList()));
    }
    if (cause instanceof GroupAuthorizationException) {
      return Optional.of(Permission.group(group, settings.groupId()));
    }
    return cause instanceof TransactionalIdAuthorizationException
        ? Optional.of(
            Permission.transactionalIds(transactionalIds, settings.transactionalIdPrefix()))
        : Optional.empty();
  }
}
