package io.embeddingexport.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Java that the pages show compiles, with the variables that a reader would have. */
class JavaExamplesTest {
  private static final String READERS_OWN =
      """
      interface Index {
        void put(byte[] id, float[] vector);
        void remove(byte[] id);
      }
      byte[] bytes;
      float[] batch;
      boolean running;
      Index index;
      java.util.Map<String, Object> properties;
      org.apache.flink.streaming.api.datastream.DataStream<byte[]> events;
      """;

  @TempDir private Path classes;

  static Stream<Path> pages() throws java.io.IOException {
    return DocsTest.pages().filter(page -> !Markdown.of(page).blocks("java").isEmpty());
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyExampleCompiles(Path page) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    for (String example : Markdown.of(page).blocks("java")) {
      StringWriter errors = new StringWriter();
      List<String> options = List.of("-proc:none", "-d", classes.toString(), "-cp", classPath());
      boolean compiles =
          compiler.getTask(errors, null, null, options, null, List.of(source(example))).call();
      assertThat(compiles).as("%s%n%s%n%s", page, example, errors).isTrue();
    }
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  private static JavaFileObject source(String example) {
    List<String> imports = new ArrayList<>();
    List<String> statements = new ArrayList<>();
    example.lines().forEach(line -> (line.startsWith("import ") ? imports : statements).add(line));
    String text =
        String.join("\n", imports)
            + "\nabstract class Example {\n"
            + READERS_OWN
            + "void example() throws Exception {\n"
            + String.join("\n", statements)
            + "\n}\n}\n";
    return new SimpleJavaFileObject(
        URI.create("string:///Example.java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
  }
}
