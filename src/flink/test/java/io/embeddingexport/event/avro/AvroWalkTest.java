package io.embeddingexport.event.avro;

import static io.embeddingexport.event.avro.AvroEvents.decoder;
import static io.embeddingexport.event.avro.AvroEvents.event;
import static io.embeddingexport.event.avro.AvroEvents.failure;
import static io.embeddingexport.event.avro.AvroEvents.hex;
import static io.embeddingexport.event.avro.AvroEvents.plan;
import static io.embeddingexport.event.avro.AvroEvents.schema;
import static io.embeddingexport.event.avro.AvroEvents.tensor;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embeddingexport.datarecord.Bytes;
import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.Shape;
import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.event.BadEventException;
import io.embeddingexport.event.Deletion;
import io.embeddingexport.event.Event;
import io.embeddingexport.event.EventDecoder;
import io.embeddingexport.event.MappedTensors;
import io.embeddingexport.event.plan.EventPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bytes written by hand from the specification of Avro's binary encoding. */
class AvroWalkTest {
  private static final String MAPPING = "entity-id: id\nmodel: {constant: m}\ntensors: {v: v}\n";

  /** Id 1, in one byte. */
  private static final String ID = "02";

  private static final String ONE = "0000803f";
  private static final String TWO = "00000040";

  private static String record(String typeOfV) {
    return "{'type': 'record', 'name': 'E', 'fields': [{'name': 'id', 'type': 'long'}, {'name': 'v', 'type': %s}]}"
        .formatted(typeOfV)
        .replace('\'', '"');
  }

  private static EventDecoder of(String typeOfV) {
    return decoder(record(typeOfV), MAPPING);
  }

  private static Tensor v(String typeOfV, String... bytes) {
    return tensor(event(of(typeOfV), hex(ID, String.join("", bytes))), "v");
  }

  private static String failed(String typeOfV, String... bytes) {
    return failure(of(typeOfV), hex(ID, String.join("", bytes)));
  }

  private static String arrayOf(String items) {
    return "{'type': 'array', 'items': " + items + "}";
  }

  @Test
  void oneBlockOfFloatsShouldStayInPlace() {
    byte[] bytes = hex(ID, "04", ONE, TWO, "00");
    Event event = event(of(arrayOf("'float'")), bytes);
    MappedTensors tensors = (MappedTensors) event.tensors();
    assertThat(event.entityId()).isEqualTo(1);
    assertThat(event.model()).isEqualTo("m");
    assertThat(tensors.payload(0)).isSameAs(bytes);
    assertThat(tensors.from(0)).isEqualTo(2);
    assertThat(tensors.length(0)).isEqualTo(8);
    assertThat(tensors.decoded().tensors()[0].toFloats()).containsExactly(1, 2);
  }

  @Test
  void severalBlocksShouldBeOneTensor() {
    assertThat(v(arrayOf("'float'"), "02", ONE, "03", "10", TWO, ONE, "00").toFloats())
        .containsExactly(1, 2, 1);
  }

  @Test
  void aBlocksSizeShouldBeThatOfItsItems() {
    assertThat(failed(arrayOf("'float'"), "03", "0e", ONE, TWO, "00"))
        .contains("v: a block's items do not have the size in bytes that it states");
    assertThat(failed(arrayOf("'float'"), "03", "12", ONE, TWO, "00", "00")).contains("size");
  }

  @Test
  void noItemsShouldBeAnEmptyTensor() {
    assertThat(v(arrayOf("'float'"), "00")).isEqualTo(Tensor.ofFloats(null).withoutShape());
    assertThat(v(arrayOf("'string'"), "00").elementCount()).isZero();
  }

  @Test
  void doublesShouldBeDoubles() {
    assertThat(v(arrayOf("'double'"), "02", "000000000000f03f", "00").toDoubles())
        .containsExactly(1);
  }

  @Test
  void numbersShouldBeZigzag() {
    assertThat(v(arrayOf("'int'"), "06", "01", "80 01", "fe ff ff ff 0f", "00").toInts())
        .containsExactly(-1, 64, Integer.MAX_VALUE);
    assertThat(v(arrayOf("'long'"), "04", "ff ff ff ff ff ff ff ff ff 01", "00", "00").toLongs())
        .containsExactly(Long.MIN_VALUE, 0);
  }

  @Test
  void numbersThatAreTooLongShouldBeRefused() {
    assertThat(failed(arrayOf("'int'"), "02", "80 80 80 80 10", "00")).contains("32 bits");
    assertThat(failed(arrayOf("'long'"), "02", "ff ff ff ff ff ff ff ff ff 02", "00"))
        .contains("64 bits");
    assertThat(failed(arrayOf("'long'"), "02", "ff ff ff ff ff ff ff ff ff ff 01", "00"))
        .contains("64 bits");
  }

  @Test
  void booleansShouldBeZeroOrOne() {
    assertThat(v(arrayOf("'boolean'"), "04", "01 00", "00").toBooleans())
        .containsExactly(true, false);
    assertThat(failed(arrayOf("'boolean'"), "04", "01 02", "00")).contains("neither 0 nor 1");
  }

  @Test
  void stringsAndBytesInAListShouldBeStrings() {
    assertThat(v(arrayOf("'string'"), "04", "02 61", "00", "00").toStrings())
        .containsExactly(Bytes.of("a".getBytes(UTF_8)), Bytes.of(new byte[0]));
    assertThat(v(arrayOf("'bytes'"), "02", "02 ff", "00").toStrings())
        .containsExactly(Bytes.of(new byte[] {-1}));
  }

  @Test
  void oneNumberShouldBeOneElement() {
    assertThat(v("'float'", ONE).toFloats()).containsExactly(1);
    assertThat(v("'double'", "000000000000f03f").toDoubles()).containsExactly(1);
    assertThat(v("'int'", "03").toInts()).containsExactly(-2);
    assertThat(v("'boolean'", "01").toBooleans()).containsExactly(true);
    assertThat(v("'string'", "02 61").toStrings()).containsExactly(Bytes.of(new byte[] {'a'}));
  }

  @Test
  void bytesShouldBeRawElements() {
    assertThat(v("'bytes'", "10", ONE, TWO).toFloats()).containsExactly(1, 2);
    assertThat(v("{'type': 'fixed', 'name': 'F', 'size': 8}", ONE, TWO).toFloats())
        .containsExactly(1, 2);
    assertThat(failed("'bytes'", "06", "000000"))
        .contains("v: has 3 bytes, no whole number of float32 elements");
  }

  @Test
  void itemsThatMayBeNullShouldBeCopied() {
    String nullFirst = arrayOf("['null', 'float']");
    assertThat(v(nullFirst, "04", "02", ONE, "02", TWO, "00").toFloats()).containsExactly(1, 2);
    assertThat(v(nullFirst, "03", "14", "02", ONE, "02", TWO, "00").toFloats())
        .containsExactly(1, 2);
    assertThat(v(arrayOf("['double', 'null']"), "02", "00", "000000000000f03f", "00").toDoubles())
        .containsExactly(1);
    assertThat(v(arrayOf("['null', 'int']"), "02", "02 05", "00").toInts()).containsExactly(-3);
  }

  @Test
  void itemsThatAreNullShouldBeRefused() {
    String nullFirst = arrayOf("['null', 'float']");
    String sentence = "v: has a null among its items; send a value for each";
    assertThat(failed(nullFirst, "04", "02", ONE, "00", "00")).endsWith(sentence);
    assertThat(failed(nullFirst, "04", "00", "02", ONE, "00")).endsWith(sentence);
    assertThat(failed(nullFirst, "05", "0c", "02", ONE, "00", "00")).endsWith(sentence);
    assertThat(failed(arrayOf("['string', 'null']"), "02", "02", "00")).endsWith(sentence);
  }

  @Test
  void arraysInArraysShouldStateTheirShape() {
    String matrix = arrayOf(arrayOf("'float'"));
    Tensor tensor = v(matrix, "04", "02", ONE, "00", "02", TWO, "00", "00");
    assertThat(tensor.shape()).isEqualTo(Shape.of(2, 1));
    assertThat(tensor.toFloats()).containsExactly(1, 2);
    assertThat(v(matrix, "00").shape()).isEqualTo(Shape.of(0, 0));
    assertThat(v(arrayOf(arrayOf("'string'")), "02", "02", "00", "00", "00").shape())
        .isEqualTo(Shape.of(1, 1));
    assertThat(failed(matrix, "04", "02", ONE, "00", "00", "00"))
        .contains("arrays of one depth have different lengths, such as 1 and 0");
  }

  @Test
  void aUnionShouldLeadToItsBranch() {
    String union = "['null', " + arrayOf("'float'") + ", 'bytes', 'string']";
    assertThat(v(union, "00")).isNull();
    assertThat(v(union, "02", "02", ONE, "00").toFloats()).containsExactly(1);
    assertThat(v(union, "04", "08", TWO).toFloats()).containsExactly(2);
    assertThat(failed(union, "08")).contains("index 4 of 4 branches");
    assertThat(failed(union, "01")).contains("index -1 of 4 branches");
  }

  @Test
  void aBranchThatIsNoTensorShouldBeRefusedWhenItComes() {
    String union = "['null', 'string', " + arrayOf("'float'") + "]";
    EventDecoder decoder =
        decoder(record(union), MAPPING.replace("{v: v}", "{v: {path: v, dtype: float}}"));
    assertThat(tensor(event(decoder, hex(ID, "04", "02", ONE, "00")), "v").toFloats())
        .containsExactly(1);
    assertThat(failure(decoder, hex(ID, "02", "02 61")))
        .isEqualTo("byte 2: v has strings, which do not become FLOAT; correct its dtype");
  }

  @Test
  void nullsThatTakeNoBytesShouldTakeNoTime() {
    String schema =
        record("'float'")
            .replace(
                "{\"name\": \"id\"",
                "{\"name\": \"x\", \"type\": {\"type\": \"array\", \"items\": \"null\"}}, {\"name\": \"id\"");
    EventDecoder decoder = decoder(schema, MAPPING);
    String most = "fe ff ff ff ff ff ff ff ff 01";
    byte[] bytes = hex(most.repeat(100), "00", ID, ONE);
    assertThat(event(decoder, bytes).entityId()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "'float', 000080, the bytes end inside a value",
    "'string', 04 61, the bytes end inside a value",
    "'string', 01, a length is below 0",
    "'bytes', fe ff ff ff ff ff ff ff ff 01, the bytes end inside a value",
    "'float', 0000803f 00, 'the event ends here, but 1 bytes follow'",
    "'long', '', the bytes end inside a value",
    "'long', ff, the bytes end inside a value",
  })
  void bytesThatAreNoEventShouldBeRefused(String type, String bytes, String problem) {
    assertThat(failed('"' + type + '"', bytes)).contains(problem);
  }

  @Test
  void countsThatPromiseMoreThanThereIsShouldBeRefused() {
    String most = "fe ff ff ff ff ff ff ff ff 01";
    String least = "ff ff ff ff ff ff ff ff ff 01";
    for (String items : new String[] {"'float'", "'int'", "'string'", "['null', 'double']"}) {
      assertThat(failed(arrayOf(items), most, "00")).contains("end inside a value");
      assertThat(failed(arrayOf(items), "fe ff ff ff 0f", "00")).contains("end inside a value");
      assertThat(failed(arrayOf(items), least, "00", "00")).contains("2^63 items");
    }
  }

  @Test
  void anEventShouldBeReadFromItsOffset() throws BadEventException {
    EventPlan plan = plan(MAPPING);
    AvroWalk walk = walk(record("'float'"), plan);
    byte[] bytes = hex("00 00000007", ID, ONE);
    walk.read(bytes, 5, plan.newEvent());
    assertThat(walk.position()).isEqualTo(bytes.length);
    assertThatThrownBy(() -> walk.read(bytes, 6, plan.newEvent()))
        .isInstanceOf(BadEventException.class);
    assertThat(walk.position()).isBetween(6, bytes.length);
  }

  private static AvroWalk walk(String schema, EventPlan plan) {
    try {
      return new AvroWalk(AvroPlan.of("test.avsc", schema.getBytes(UTF_8), plan));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void elementsShouldBecomeTheStatedType() {
    EventDecoder decoder =
        decoder(
            record(arrayOf("'int'")), MAPPING.replace("{v: v}", "{v: {path: v, dtype: float}}"));
    Tensor tensor = tensor(event(decoder, hex(ID, "04", "01", "04", "00")), "v");
    assertThat(tensor.dataType()).isEqualTo(DataType.FLOAT);
    assertThat(tensor.toFloats()).containsExactly(-1, 2);
  }

  @Test
  void aRecursiveTypeShouldBeSkippedToItsDepthOnly() {
    String list = "{'type':'record','name':'L','fields':[{'name':'next','type':['null','L']}]}";
    String schema =
        record("'float'")
            .replace(
                "{\"name\": \"id\"",
                "{\"name\": \"x\", \"type\": " + list.replace('\'', '"') + "}, {\"name\": \"id\"");
    assertThat(schema(schema).getField("x")).isNotNull();
    EventDecoder decoder = decoder(schema, MAPPING);
    assertThat(event(decoder, hex("02".repeat(60), "00", ID, ONE)).entityId()).isEqualTo(1);
    assertThat(failure(decoder, hex("02".repeat(1_000_000), "00", ID, ONE)))
        .contains("more than 64 values in each other");
  }

  @Test
  void aKeyThatIsTwiceInAMapShouldBeRefused() {
    EventDecoder decoder =
        decoder(
            record("{'type': 'map', 'values': " + arrayOf("'float'") + "}"),
            MAPPING.replace("{v: v}", "{v: v.k}"));
    String entry = "02 6b 02" + ONE + "00";
    assertThat(tensor(event(decoder, hex(ID, "02", entry, "00")), "v").toFloats())
        .containsExactly(1);
    assertThat(failure(decoder, hex(ID, "04", entry, entry, "00")))
        .endsWith("v.k is given twice; send it once");
    assertThat(failure(decoder, hex(ID, "02", entry, "02", entry, "00")))
        .endsWith("v.k is given twice; send it once");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'boolean' | true | 01 | 00",
        "{'type': 'enum', 'name': 'Op', 'symbols': ['PUT', 'DEL']} | DEL | 02 | 00",
        "['null', 'boolean'] | false | 0200 | 0201",
        "'long' | 3 | 06 | 04",
      })
  void whatMarksADeletionMayBeABooleanAnEnumOrANumber(
      String type, String mark, String marked, String other) {
    EventDecoder decoder =
        decoder(
            record(type),
            "entity-id: id\nmodel: {constant: m}\ntensors: {w: {header: h}}\ndelete: {path: v, value: "
                + mark
                + "}\n");

    assertThat(decoder.decode(hex(ID, marked))).isInstanceOf(Deletion.class);
    assertThat(decoder.decode(hex(ID, other))).isNotInstanceOf(Deletion.class);
  }

  @Test
  void aBooleanThatMarksADeletionIsZeroOrOne() {
    EventDecoder decoder =
        decoder(
            record("'boolean'"),
            "entity-id: id\nmodel: {constant: m}\ntensors: {w: {header: h}}\ndelete: {path: v, value: true}\n");

    assertThat(failure(decoder, hex(ID, "02"))).contains("a boolean is neither 0 nor 1");
  }
}
