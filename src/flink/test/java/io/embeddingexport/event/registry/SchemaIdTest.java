package io.embeddingexport.event.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embeddingexport.event.BadEventException;
import io.embeddingexport.event.EventMessage;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaIdTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          0000000007aabb,       -,                false, 7,  0,      5
          00ffffffffaa,         -,                false, -1, 0,      5
          000000000700aa,       -,                true,  7,  0,      6
          00000000070200aa,     -,                true,  7,  0,      7
          0000000007060200 04aa,-,                true,  7,  1 0 2,  9
          00000000070280 01aa,  -,                true,  7,  64,     8
          aabb,                 0000000009,       false, 9,  0,      0
          aabb,                 00000000090402 04,true,  9,  1 2,    0
          """)
  void anIdShouldBeReadFromWhereItIs(
      String value, @Nullable String header, boolean indexes, int id, String path, int from)
      throws Exception {
    SchemaId read = new SchemaId(indexes);

    read.read(message(value, header));
    read.read(message(value, header));

    assertThat(read.id()).isEqualTo(id);
    assertThat(Arrays.stream(read.indexes()).mapToObj(String::valueOf))
        .containsExactly(path.split(" "));
    assertThat(read.eventFrom()).isEqualTo(from);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      textBlock =
          """
          ''           | -                                  | no registry's schema id begins here
          7b7d7b7d7b7d | -                                  | no registry's schema id begins here
          00000000     | -                                  | no registry's schema id begins here
          aa           | 0100112233445566778899aabbccddeeff | has a schema's GUID, which is not supported
          aa           | ''                                 | is no schema id
          aa           | 05                                 | is no schema id
          0000000007   | -                                  | the message ends inside its schema id
          000000000780 | -                                  | the message ends inside its schema id
          000000000701 | -                                  | with -1 message indexes
          0000000007ffffffff0f | -                          | with -2147483648 message indexes
          0000000007808080808001 | -                        | more than 32 bits
          0000000007c801 | -                                | with 100 message indexes
          00000000070201 | -                                | with message index -1
          """)
  void bytesThatAreNoIdShouldBeRefused(String value, @Nullable String header, String problem) {
    assertThatThrownBy(() -> new SchemaId(true).read(message(value, header)))
        .isInstanceOf(BadEventException.class)
        .hasMessageContaining(problem);
  }

  private static EventMessage message(String value, @Nullable String header) {
    return new EventMessage() {
      @Override
      public byte[] value() {
        return bytes(value);
      }

      @Override
      public byte @Nullable [] key() {
        return null;
      }

      @Override
      public String topic() {
        return "t";
      }

      @Override
      public byte @Nullable [] header(String name) {
        return header == null || !name.equals("__value_schema_id") ? null : bytes(header);
      }
    };
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of()
        .parseHex(
            hex.chars()
                .filter(c -> c != ' ')
                .mapToObj(Character::toString)
                .collect(Collectors.joining()));
  }
}
