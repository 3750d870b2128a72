package io.embeddingexport.it.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.embeddingexport.it.AclBroker;
import io.embeddingexport.it.GrantCommand;
import io.embeddingexport.it.security.CommandRun.Outcome;
import io.embeddingexport.it.security.JobBelongings.JobState;
import io.embeddingexport.it.security.LeastPermissions.Permission;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every command works with its {@link LeastPermissions}. Without one of them it says which one,
 * with the command that grants it, and does nothing.
 */
class CommandPermissionsIT {
  private static final String NEEDS = "not permitted; it needs ";

  @TempDir private static Path directory;
  private static AclBroker broker;
  private static Admin admin;
  private static StandardErrorByThread standardError;
  private static CommandLogging logging;

  /** A user for every permission that a command lacks, and one that has them all. */
  private static final Map<PermissionTrial, List<String>> USERS = new LinkedHashMap<>();

  @BeforeAll
  static void start() throws Exception {
    List<String> users = new ArrayList<>();
    for (PermissionTrial trial : PermissionTrial.ALL) {
      List<String> own = new ArrayList<>();
      for (int i = 0; i <= trial.needed().size(); i++) {
        own.add("user" + (users.size() + i));
      }
      users.addAll(own);
      USERS.put(trial, own);
    }
    broker = AclBroker.start(users);
    admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    grantAll();
    standardError = StandardErrorByThread.install();
    logging = CommandLogging.begin();
  }

  private static void grantAll() throws Exception {
    List<AclBinding> acls = new ArrayList<>();
    USERS.forEach(
        (trial, users) -> {
          for (int i = 0; i < users.size(); i++) {
            for (Permission permission : trial.needed()) {
              acls.addAll(permission.acls(users.get(i), trial.job()));
            }
            if (i < trial.needed().size()) {
              acls.remove(trial.needed().get(i).acl(users.get(i), trial.job()));
            }
          }
        });
    admin.createAcls(acls).all().get();
    await()
        .until(() -> admin.describeAcls(AclBindingFilter.ANY).values().get().size() == acls.size());
  }

  @AfterAll
  static void stop() {
    logging.close();
    standardError.close();
    admin.close();
    broker.close();
  }

  static Stream<PermissionTrial> trials() {
    return PermissionTrial.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("trials")
  void eachPermissionIsEnoughWithTheOthersAndMissedWithoutThem(PermissionTrial trial)
      throws Exception {
    JobBelongings job = new JobBelongings(trial.job(), broker.bootstrapServers(), admin);
    trial.prepare(job, run("ANONYMOUS", trial));
    List<String> users = USERS.get(trial);
    SoftAssertions softly = new SoftAssertions();
    for (int i = 0; i < trial.needed().size(); i++) {
      Permission missing = trial.needed().get(i);
      JobState before = job.state(!trial.createsFirst());

      Outcome outcome = run(users.get(i), trial).command(trial.words(job));

      softly.check(() -> requireSaid(missing, outcome, trial));
      softly.check(
          () -> {
            JobState after = job.state(!trial.createsFirst());
            if (trial.beginsToExport()) {
              assertThat(after.exported()).isEqualTo(after.position());
            } else {
              assertThat(after).as("%s without %s: what it did", trial, missing).isEqualTo(before);
            }
          });
    }
    softly.assertAll();
    JobState before = job.state(true);

    Outcome outcome = run(users.get(users.size() - 1), trial).command(trial.words(job));

    assertThat(outcome.exitCode()).as(trial + " with all: " + outcome).isZero();
    assertThat(outcome.lines()).noneMatch(CommandPermissionsIT::saysAPermission);
    if (trial.changes()) {
      assertThat(job.state(true)).as(trial + " with all").isNotEqualTo(before);
    } else {
      assertThat(job.state(true)).as(trial + " with all").isEqualTo(before);
    }
  }

  private static void requireSaid(Permission missing, Outcome outcome, PermissionTrial trial) {
    String what = trial + " without " + missing + ": " + outcome;
    assertThat(outcome.exitCode()).as(what).isEqualTo(trial.exitCodeWithout());
    assertThat(outcome.lines().filter(CommandPermissionsIT::saysAPermission))
        .as(what)
        .singleElement()
        .satisfies(line -> requireNamed(missing, line, trial));
    assertThat(outcome.err().lines())
        .as(what)
        .noneMatch(line -> line.startsWith(CommandLogging.LINE));
  }

  private static void requireNamed(Permission missing, String line, PermissionTrial trial) {
    if (line.contains(NEEDS)) {
      // The names are those of single transactional ids, which are described first.
      assertThat(line)
          .contains(NEEDS + AclOperation.DESCRIBE + " on transactional id '" + trial.job() + ".");
    } else {
      AclBinding named = GrantCommand.parse(line, "some");
      AclBinding acl = missing.acl("some", trial.job());
      assertThat(named.entry()).isEqualTo(acl.entry());
      assertThat(named.pattern().resourceType()).isEqualTo(acl.pattern().resourceType());
      if (acl.pattern().patternType() == PatternType.PREFIXED) {
        // The prefix, or what is needed this time of all that has it.
        assertThat(named.pattern().name()).startsWith(acl.pattern().name());
      } else {
        assertThat(named).isEqualTo(acl);
      }
    }
  }

  /** Besides what doctor could check with more permissions. */
  private static boolean saysAPermission(String line) {
    return !line.startsWith("warning") && (line.contains("kafka-acls.sh") || line.contains(NEEDS));
  }

  /** A run as this user. */
  private static CommandRun run(String user, PermissionTrial trial) throws Exception {
    Map<String, String> options = JobBelongings.options(trial.job());
    if (user.equals("ANONYMOUS")) {
      options.put("kafka.bootstrap-servers", broker.bootstrapServers());
    } else {
      options.put("kafka.bootstrap-servers", broker.saslServers());
      AclBroker.clientProperties(user, "pass")
          .forEach((name, value) -> options.put("kafka.client." + name, value));
    }
    return CommandRun.with(options, directory, standardError);
  }
}
