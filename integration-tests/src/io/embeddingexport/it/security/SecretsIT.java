package io.embeddingexport.it.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.embeddingexport.it.cluster.StandaloneCluster;
import io.embeddingexport.it.security.LeastPermissions.Resource;
import io.embeddingexport.it.security.SecureBroker.Listener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.common.config.provider.FileConfigProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job on a cluster of processes that log all they can, whose secrets come from a file, from the
 * environment, and as they are in the options. All have the word sesame in them, and nobody who
 * looks at the cluster may see it.
 */
class SecretsIT {
  private static final String SECRET = "sesame";
  private static final String JOB = "secret";
  private static final String JOB_JAR = System.getProperty("job.jar");

  /** Variables of Flink's processes; the second is a secret. */
  private static final Map<String, String> ENVIRONMENT =
      Map.of("ROOT_LOG_LEVEL", "DEBUG", "STORE_PASSWORD", Certificates.PASSWORD);

  @TempDir private static Path directory;
  private static Certificates certificates;
  private static SecureBroker broker;
  private static StandaloneCluster cluster;
  private static StandardErrorByThread standardError;
  private static String job;
  private static String failed;

  @BeforeAll
  static void start() throws Exception {
    certificates = Certificates.create(directory.resolve("certificates"));
    broker = SecureBroker.start(certificates);
    standardError = StandardErrorByThread.install();
    Path flink = Files.createDirectories(directory.resolve("flink"));
    cluster = StandaloneCluster.start(flink, ENVIRONMENT);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.plainAddress()))) {
      JobBelongings belongings = new JobBelongings(JOB, broker.plainAddress(), admin);
      CommandRun run = run(login(SecureBroker.PASSWORD, Certificates.PASSWORD));
      for (String words :
          List.of(
              "topics create --partitions 1",
              "keys publish " + PermissionTrial.SAMPLES,
              "produce --count 10 --topic " + Resource.INPUT.name(JOB))) {
        CommandRun.Outcome outcome = run.command(List.of(words.split(" ")));
        assertThat(outcome.exitCode()).as(words + outcome).isZero();
      }
      job = submit(options(providers(SecureBroker.PASSWORD)));
      await("records")
          .atMost(Duration.ofMinutes(2))
          .until(() -> belongings.state(true).exported() == 10);
      Map<String, String> wrong = options(login("sesame-guess", Certificates.PASSWORD));
      wrong.put("job.name", "refused");
      wrong.put("preflight.enabled", "false");
      wrong.put("input.group-id", "refused");
      wrong.put("output.transactional-id-prefix", "refused.");
      failed = submit(wrong);
      await("the failed job")
          .atMost(Duration.ofMinutes(2))
          .until(() -> cluster.get("/jobs/" + failed).path("state").asText().equals("FAILED"));
    }
  }

  @AfterAll
  static void stop() {
    standardError.close();
    cluster.close();
    broker.close();
  }

  private static String submit(Map<String, String> options) throws Exception {
    String said = cluster.flink("run", "-d", JOB_JAR, "--config", file(options).toString());
    return said.replaceAll("(?s).*JobID ([0-9a-f]{32}).*", "$1");
  }

  /** Passwords as they are. */
  private static Map<String, String> login(String login, String store) {
    Map<String, String> client = new LinkedHashMap<>();
    client.putAll(SecureBroker.truststore(certificates.trust("ca")));
    client.putAll(SecureBroker.keystore(certificates.store("client")));
    client.putAll(SecureBroker.login("job", login));
    client.put("security.protocol", "SASL_SSL");
    client.put("ssl.keystore.password", store);
    // Nothing in its name or in Kafka's definitions says that it is one.
    client.put("login.plugin.pin", "sesame-plugin");
    return client;
  }

  /** The login from a file, the keystore's password from the environment. */
  private static Map<String, String> providers(String login) throws IOException {
    Path secrets = Files.createDirectories(directory.resolve("secrets"));
    String jaas = SecureBroker.login("job", login).get("sasl.jaas.config");
    Files.writeString(secrets.resolve("kafka.properties"), "jaas=" + jaas + "\n");
    Map<String, String> client = login(login, "${env:STORE_PASSWORD}");
    client.put("sasl.jaas.config", "${file:" + secrets.resolve("kafka.properties") + ":jaas}");
    client.put("config.providers", "file,env");
    client.put("config.providers.file.class", FileConfigProvider.class.getName());
    client.put("config.providers.file.param.allowed.paths", secrets.toString());
    client.put("config.providers.env.class", EnvVarConfigProvider.class.getName());
    client.put("config.providers.env.param.allowlist.pattern", "STORE_.*");
    return client;
  }

  private static Map<String, String> options(Map<String, String> client) {
    Map<String, String> options = JobBelongings.options(JOB);
    options.put("kafka.bootstrap-servers", broker.address(Listener.LOGIN));
    client.forEach((name, value) -> options.put("kafka.client." + name, value));
    // Flink itself does not mask it.
    options.put("flink.s3.access-key", "sesame-access");
    options.put("allow-unknown", "kafka.client.login.plugin.pin");
    return options;
  }

  private static CommandRun run(Map<String, String> client) throws IOException {
    return CommandRun.with(options(client), directory, standardError);
  }

  private static Path file(Map<String, String> options) throws IOException {
    return CommandRun.with(options, directory, standardError).options();
  }

  @Test
  void theRestApiAndWithItTheWebUiShouldNotShowThem() throws Exception {
    Map<String, String> answers = new TreeMap<>();
    for (String path : paths()) {
      answers.put(path, cluster.text(path));
    }

    assertThat(answers.get("/jobs/" + job + "/config")).contains("sasl.jaas.config", "******");
    assertThat(answers.get("/jobs/" + failed + "/exceptions")).contains("refuses the login");
    assertThat(answers.get("/jobs/" + job + "/plan")).contains("export");
    assertThat(answers.toString()).contains("threadName");
    answers.forEach((path, answer) -> requireNone(path, answer));
  }

  /** Everything that can be asked with GET, for both jobs. */
  private static List<String> paths() throws Exception {
    List<String> paths =
        new ArrayList<>(
            List.of(
                "/config",
                "/overview",
                "/jars",
                "/jobs",
                "/jobs/overview",
                "/jobs/metrics",
                "/taskmanagers",
                "/taskmanagers/metrics"));
    for (String of :
        List.of("config", "environment", "logs", "log", "stdout", "thread-dump", "metrics")) {
      paths.add("/jobmanager/" + of);
    }
    for (JsonNode log : cluster.get("/jobmanager/logs").path("logs")) {
      paths.add("/jobmanager/logs/" + log.path("name").asText());
    }
    for (JsonNode one : cluster.get("/taskmanagers").path("taskmanagers")) {
      String taskManager = "/taskmanagers/" + one.path("id").asText();
      paths.add(taskManager);
      for (String of : List.of("logs", "log", "stdout", "thread-dump", "metrics")) {
        paths.add(taskManager + "/" + of);
      }
      for (JsonNode log : cluster.get(taskManager + "/logs").path("logs")) {
        paths.add(taskManager + "/logs/" + log.path("name").asText());
      }
    }
    for (String id : List.of(job, failed)) {
      String path = "/jobs/" + id;
      paths.add(path);
      for (String of :
          List.of(
              "config",
              "plan",
              "exceptions",
              "accumulators",
              "checkpoints",
              "checkpoints/config",
              "metrics",
              "jobmanager/config",
              "jobmanager/environment",
              "jobmanager/log-url")) {
        paths.add(path + "/" + of);
      }
      for (JsonNode vertex : cluster.get(path).path("vertices")) {
        String task = path + "/vertices/" + vertex.path("id").asText();
        paths.add(task);
        for (String of :
            List.of(
                "accumulators",
                "subtasks/accumulators",
                "subtasks/metrics",
                "subtasktimes",
                "taskmanagers",
                "metrics",
                "watermarks")) {
          paths.add(task + "/" + of);
        }
      }
    }
    return paths;
  }

  @Test
  void noLogShouldHaveThem() throws Exception {
    String all = "";
    try (Stream<Path> files = Files.walk(directory.resolve("flink"))) {
      for (Path file : files.filter(f -> f.toString().contains(".log")).toList()) {
        String log = Files.readString(file, UTF_8);
        requireNone(file.toString(), log);
        all += log;
      }
    }
    assertThat(all).contains(" DEBUG org.apache.kafka", " DEBUG org.apache.flink");
    requireNone("standard output", cluster.logs());
  }

  @Test
  void theProcessListShouldNotHaveThem() throws Exception {
    for (long pid : cluster.pids()) {
      Path process = Path.of("/proc", Long.toString(pid));
      assertThat(Files.readString(process.resolve("cmdline"))).contains("java");
      requireNone("cmdline", Files.readString(process.resolve("cmdline")));
      String variables = Files.readString(process.resolve("environ"));
      assertThat(variables).contains("STORE_PASSWORD=" + Certificates.PASSWORD);
      requireNone("environ", variables.replace("STORE_PASSWORD=" + Certificates.PASSWORD, ""));
    }
  }

  @Test
  void theCommandsShouldNotPrintThemEvenIfTheyFail() throws Exception {
    CommandRun good = run(login(SecureBroker.PASSWORD, Certificates.PASSWORD));
    for (String words : List.of("doctor --verbose", "run --until latest --verbose")) {
      requireNone(words, good.command(List.of(words.split(" "))).toString());
    }
    for (CommandRun refused :
        List.of(
            run(login("sesame-guess", Certificates.PASSWORD)),
            run(login(SecureBroker.PASSWORD, "sesame-guess")))) {
      for (String words :
          List.of(
              "doctor --verbose",
              "run --until latest --verbose",
              "run --until latest --verbose --set preflight.enabled=false",
              "keys list --verbose",
              "positions show --verbose",
              "transactions list --verbose",
              "produce --verbose --count 1 --topic " + Resource.INPUT.name(JOB))) {
        CommandRun.Outcome outcome = refused.command(List.of(words.split(" ")));
        assertThat(outcome.exitCode()).as(words + outcome).isEqualTo(1);
        requireNone(words, outcome.toString());
      }
    }
  }

  private static void requireNone(String where, String text) {
    assertThat(text.lines().filter(line -> line.contains(SECRET))).as(where).isEmpty();
  }
}
