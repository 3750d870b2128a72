package io.embeddingexport.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.embeddingexport.cli.Main;
import io.embeddingexport.cli.clients.NewTopics;
import io.embeddingexport.flink.ThreadLeakCheck;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code keys publish, list, show, diff} and {@code retire} on a real broker. */
@ExtendWith(ThreadLeakCheck.class)
class KeysCommandsIT {
  private static final String V1 = "etc/samples/keys/user.yaml";
  private static final String V2 = "etc/samples/next/user.yaml";

  private static BrokerProcess broker;
  private static int topics;

  @TempDir private Path directory;

  private final String topic = "key-configs-" + ++topics;

  @BeforeAll
  static void startBroker() {
    broker = BrokerProcess.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  private record Result(int exitCode, String out, String err) {}

  @Test
  void givenNoTopicWhenPublishedThenItIsCreatedOnlyIfAsked() {
    Result refused = keys("publish", V1);
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("topic '" + topic + "' does not exist", "--create");

    assertThat(keys("publish", "--create", V1).out())
        .contains(
            "user: version 1, a new model", "published: model 'user', version 1, at " + topic);
    assertThat(keys("list").out()).containsPattern("(?m)^user +1  in force +2 +697 ");
  }

  @Test
  void aVersionIsPublishedOnlyIfItIsGreaterAndShowsWhatChanges() {
    keys("publish", "--create", V1);

    Result second = keys("publish", V2);
    assertThat(second.exitCode()).isZero();
    assertThat(second.out())
        .contains(
            "user: version 1 → 2",
            "+ tensor 2 'user_history': key 7303, float [32], optional  affects senders by position",
            "published: model 'user', version 2");

    Result again = keys("publish", V2);
    assertThat(again.exitCode()).isZero();
    assertThat(again.out()).contains("user: version 2, unchanged").doesNotContain("published:");

    Result older = keys("publish", V1);
    assertThat(older.exitCode()).isEqualTo(1);
    assertThat(older.out()).contains("- tensor 2 'user_history'");
    assertThat(older.err())
        .contains("version 1 is not greater than 2, which is live; the next free version is 3")
        .contains("nothing is published");
    assertThat(keys("show", "user").out()).contains("version: 2");
  }

  @Test
  void otherContentUnderALiveVersionIsRefused() throws Exception {
    keys("publish", "--create", V1);
    Path other = directory.resolve("user.yaml");
    Files.writeString(other, Files.readString(Path.of(V1)).replace("[16]", "[17]"));

    Result refused = keys("publish", other.toString());

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.out()).contains("[16]", "[17]");
    assertThat(refused.err()).contains("version 1 is not greater than 1");
  }

  @Test
  void ofSeveralAllArePublishedOrNone() {
    Result created = keys("publish", "--create", V2);
    assertThat(created.exitCode()).as(created.err()).isZero();

    Result refused = keys("publish", "etc/samples/keys");

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("model 'user'", "nothing is published");
    assertThat(keys("list").out()).doesNotContain("item", "query");
  }

  @Test
  void anInvalidFileIsRefusedWithEveryProblem() throws Exception {
    keys("publish", "--create", V1);
    Path bad = directory.resolve("bad.yaml");
    Files.writeString(bad, "model: user\nversion: 0\nkeys: []\n");

    Result refused = keys("publish", bad.toString());

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err())
        .contains("line 2: version: 0 is less than 1", "line 3: keys: has no entry");
    assertThat(keys("publish", directory.resolve("none.yaml").toString()).err())
        .contains("none.yaml: no such file")
        .doesNotContain("key-config.files");
  }

  /** Where messages expire, key configs would vanish; and an output topic is none for them. */
  @Test
  void aTopicThatIsNotCompactedIsRefused() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      NewTopics.create(admin, List.of(new NewTopic(topic, 1, (short) 1)));
    }

    for (Result refused :
        List.of(keys("publish", V1), keys("publish", "--create", V1), keys("retire", "user"))) {
      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(refused.err())
          .contains("topic '" + topic + "' has cleanup.policy=delete", "cleanup.policy=compact");
    }
    assertThat(keys("list").out()).doesNotContain("user");
  }

  @Test
  void anOutputTopicThatDoesNotExistIsRefused() throws Exception {
    keys("publish", "--create", V1);
    Path nowhere = directory.resolve("nowhere.yaml");
    Files.writeString(nowhere, Files.readString(Path.of(V2)) + "output-topic: nowhere\n");

    assertThat(keys("publish", nowhere.toString()).err())
        .contains("its output-topic nowhere does not exist");
  }

  @Test
  void whatIsShownCanBePublishedAsTheNextVersion() throws Exception {
    keys("publish", "--create", V2);
    Path edited = directory.resolve("edited.yaml");
    Files.writeString(edited, keys("show", "user").out().replace("version: 2", "version: 3"));

    Result published = keys("publish", edited.toString());

    assertThat(published.exitCode()).isZero();
    assertThat(published.out()).contains("user: version 2 → 3").doesNotContain("tensor");
  }

  @Test
  void diffSaysWhetherTheyDifferByItsStatus() {
    keys("publish", "--create", V1);

    assertThat(keys("diff", V1).exitCode()).isZero();
    Result differ = keys("diff", V2);
    assertThat(differ.exitCode()).isEqualTo(3);
    assertThat(differ.out()).contains("+ tensor 2 'user_history'");
  }

  @Test
  void aRetiredModelStaysRetiredUntilAGreaterVersion() throws Exception {
    keys("publish", "--create", "etc/samples/keys");

    assertThat(keys("retire", "usr").err()).contains("no model 'usr'; did you mean 'user'?");
    assertThat(keys("retire", "user").out())
        .contains("until a version greater than 1 is published");
    assertThat(keys("retire", "user").err()).contains("is retired already");
    assertThat(keys("show", "user").err()).contains("has been retired since", "its version was 1");
    assertThat(keys("publish", V1).exitCode()).isEqualTo(1);
    String json = keys("list", "--json").out();
    assertThat(new ObjectMapper().readTree(line(json, "\"user\"")).get("state").asText())
        .isEqualTo("retired");
    assertThat(keys("publish", V2).exitCode()).isZero();
    assertThat(keys("show", "user").out()).contains("version: 2");
  }

  @Test
  void givenNoBrokerThenItIsSaidWithinSeconds() {
    Result refused = command("keys", "list", "--bootstrap-servers", "localhost:1");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("no Kafka broker at localhost:1 answered within 10 s");
  }

  private static String line(String text, String with) {
    return text.lines().filter(line -> line.contains(with)).findFirst().orElseThrow();
  }

  private Result keys(String... arguments) {
    List<String> words = new ArrayList<>(List.of("keys"));
    words.addAll(Arrays.asList(arguments));
    words.addAll(List.of("--topic", topic, "--bootstrap-servers", broker.bootstrapServers()));
    return command(words.toArray(String[]::new));
  }

  private static Result command(String... arguments) {
    CommandLine commandLine = Main.commandLine();
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    int exitCode = commandLine.execute(arguments);
    return new Result(exitCode, out.toString(), err.toString());
  }
}
