package io.embeddingexport.chaos.cluster;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** Grants the job's user what docs/deploy.md says, and nothing else. */
final class BrokerPermissions implements Permissions {
  private final Map<String, Object> admin;
  private final Map<Permission, AclBinding> revocable = new EnumMap<>(Permission.class);
  private final List<AclBinding> all = new ArrayList<>();

  BrokerPermissions(Map<String, Object> admin, Map<String, String> job) {
    this.admin = admin;
    revocable.put(Permission.READ_INPUT, topic(job.get("input.topic"), AclOperation.READ));
    revocable.put(Permission.READ_CONFIGS, topic(job.get("key-config.topic"), AclOperation.READ));
    revocable.put(Permission.WRITE_RECORDS, topic(job.get("output.topic"), AclOperation.WRITE));
    revocable.put(
        Permission.WRITE_LETTERS, topic(job.get("dead-letter.topic"), AclOperation.WRITE));
    revocable.put(
        Permission.WRITE_TRANSACTIONS,
        acl(
            ResourceType.TRANSACTIONAL_ID,
            job.get("output.transactional-id-prefix"),
            PatternType.PREFIXED,
            AclOperation.WRITE));
    revocable.put(Permission.READ_GROUP, group(job.get("input.group-id")));
    all.addAll(revocable.values());
  }

  private static AclBinding topic(String name, AclOperation operation) {
    return acl(ResourceType.TOPIC, name, PatternType.LITERAL, operation);
  }

  private static AclBinding group(String name) {
    return acl(ResourceType.GROUP, name, PatternType.LITERAL, AclOperation.READ);
  }

  private static AclBinding acl(
      ResourceType type, String name, PatternType pattern, AclOperation operation) {
    return new AclBinding(
        new ResourcePattern(type, name, pattern),
        new AccessControlEntry("User:job", "*", operation, AclPermissionType.ALLOW));
  }

  @Override
  public void revoke(Permission permission) {
    AclBindingFilter filter = revocable.get(permission).toFilter();
    try (Admin client = Admin.create(admin)) {
      client.deleteAcls(List.of(filter)).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("revoking " + permission, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while revoking " + permission, e);
    }
  }

  @Override
  public void grantAll() {
    try (Admin client = Admin.create(admin)) {
      client.createAcls(all).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("granting the job's user its permissions", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while granting permissions", e);
    }
  }
}
