package io.embeddingexport.cli.inputs;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ValidateCommandTest {
  private static final String PARTS = "entity-id: id\nmodel: {constant: m}\ntensors: {v: vector}\n";

  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void everyProblemOfEveryFileIsNamedWithItsLineAndTheNearWord() throws Exception {
    String good = file("good.yaml", "format: json\ntopics: [a, b]\n" + PARTS);
    String bad = file("bad.yaml", "formt: json\nentity-id: {path: id, from-string: murmur}\n");
    String absent = directory.resolve("absent.yaml").toString();

    assertThat(validate(good, bad, absent)).isEqualTo(1);

    assertThat(out).hasToString("valid: " + good + ", json, of a, b\n");
    assertThat(err.toString().lines())
        .allMatch(line -> line.startsWith("error: " + bad) || line.startsWith("error: " + absent))
        .anyMatch(line -> line.contains("line 1: formt") && line.contains("'format'"))
        .anyMatch(
            line -> line.contains("line 2: entity-id.from-string") && line.contains("murmur3"))
        .anyMatch(line -> line.contains("tensors"))
        .anyMatch(line -> line.contains("no such file"));
  }

  @Test
  void theSchemaFileIsReadAndHeldAgainstTheMapping() throws Exception {
    String row =
        "{\"type\": \"record\", \"name\": \"R\", \"fields\": [{\"name\": \"ids\", \"type\":"
            + " \"long\"}, {\"name\": \"vector\", \"type\": {\"type\": \"map\", \"values\": \"float\"}}]}";
    file("row.avsc", row);
    String mapping = file("m.yaml", "format: avro\nschema: {file: row.avsc}\n" + PARTS);
    String lost = file("lost.yaml", "format: avro\nschema: {file: rwo.avsc}\n" + PARTS);

    assertThat(validate(mapping, lost)).isEqualTo(1);

    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines())
        .hasSize(3)
        .anyMatch(line -> line.contains("has no field 'id' in record R") && line.contains("'ids'"))
        .anyMatch(line -> line.contains("vector is a map, no tensor"))
        .anyMatch(line -> line.contains("rwo.avsc") && line.contains("no such file"));
  }

  @Test
  void withAJobItsWholeListIsChecked() throws Exception {
    String one = file("one.yaml", "format: json\ntopics: [a]\n" + PARTS);
    String two = file("two.yaml", "format: json\n" + PARTS);
    String job = file("job.yaml", "input.mapping: " + one + ";" + two + "\n");

    assertThat(validate("--config", job)).isEqualTo(1);
    assertThat(err.toString()).contains("some files name topics and some do not");

    assertThat(validate(one, "--config", job)).isZero();
    assertThat(validate(one, one, "--config", job)).isEqualTo(1);
    assertThat(err.toString()).contains("topic a is also in");
  }

  @Test
  void withoutAFileItIsWrongUsage() throws Exception {
    assertThat(validate()).isEqualTo(2);
    assertThat(validate("--config", file("job.yaml", "input.topic: a\n"))).isEqualTo(2);
    assertThat(err.toString()).contains("has no input.mapping");
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }

  private int validate(String... words) {
    List<String> all = new ArrayList<>(List.of("inputs", "validate"));
    all.addAll(List.of(words));
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    return commandLine.execute(all.toArray(String[]::new));
  }
}
