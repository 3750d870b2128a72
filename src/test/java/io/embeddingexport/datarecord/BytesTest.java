package io.embeddingexport.datarecord;

import static io.embeddingexport.datarecord.GoldenVectors.unhex;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BytesTest {

  @Test
  void givenBytesThatAreNotUtf8ThenTheyAreNoText() {
    assertThat(Bytes.of(unhex("c080")).utf8()).isNull();
  }

  @Test
  void givenTheReplacementCharacterItselfThenItIsText() {
    assertThat(Bytes.of(unhex("efbfbd")).utf8()).isEqualTo("\ufffd");
  }
}
