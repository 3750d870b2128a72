package io.embeddingexport.datarecord;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.thrift.DataRecord;
import io.embeddingexport.thrift.GeneralTensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class RecordTemplatePropertiesTest {

  /** One slot of a template, and the tensor that fills it. */
  record Slot(
      Elements elements,
      boolean typedIn,
      boolean typedOut,
      boolean open,
      boolean omitted,
      boolean shapeless) {

    TensorEncoding encoding(boolean typed) {
      TensorEncoding encoding = TensorEncoding.typed(elements.dataType());
      return typed && encoding != null ? encoding : elements.encoding();
    }

    /** The template's shape: the tensor's, with the first dimension left open if so asked. */
    Shape shape() {
      long[] dims = elements.shape().stream().mapToLong(dim -> dim).toArray();
      if (open && dims.length > 0) {
        dims[0] = Shape.ANY;
      }
      return Shape.of(dims);
    }

    /** Whether a tensor that states no shape leaves no doubt about it. */
    boolean canLeaveOutShape() {
      Shape shape = shape();
      return shape.isFixed() || shape.fixedElementCount() > 0;
    }

    Tensor tensor() {
      Elements in = elements.in(encoding(typedIn));
      return (shapeless && canLeaveOutShape() ? in.withoutShape() : in).toTensor();
    }
  }

  @Property(tries = 500)
  void writeShouldEqualLibthriftByteForByte(
      @ForAll("slots") @Size(max = 4) List<Slot> slots,
      @ForAll @Size(max = 2) Map<Long, Long> discrete) {
    RecordTemplate.Builder builder = RecordTemplate.builder();
    discrete.keySet().forEach(builder::discrete);
    Tensor[] tensors = new Tensor[slots.size()];
    Map<Long, GeneralTensor> expected = new LinkedHashMap<>();
    for (int i = 0; i < tensors.length; i++) {
      Slot slot = slots.get(i);
      long key = 1L << 40 | i;
      builder.tensor(key, slot.elements.dataType(), slot.shape(), slot.encoding(slot.typedOut));
      if (!slot.omitted) {
        tensors[i] = slot.tensor();
        expected.put(key, slot.elements.in(slot.encoding(slot.typedOut)).toThrift());
      }
    }
    RecordTemplate template = builder.build();

    byte[] record =
        template.write(discrete.values().stream().mapToLong(value -> value).toArray(), tensors);

    DataRecord reference = new DataRecord();
    reference.setDiscreteFeatures(discrete.isEmpty() ? null : discrete);
    reference.setTensors(expected.isEmpty() ? null : expected);
    assertThat(record).isEqualTo(LibThrift.serialize(reference));
    assertThat(template.size(tensors)).isEqualTo(record.length);
    if (template.fixedSize() >= 0 && expected.size() == tensors.length) {
      assertThat(template.fixedSize()).isEqualTo(record.length);
    }
  }

  @Provide
  Arbitrary<List<Slot>> slots() {
    Arbitrary<Boolean> flip = Arbitraries.of(true, false);
    Arbitrary<Boolean> seldom = Arbitraries.of(true, false, false, false);
    return Combinators.combine(Records.elements(), flip, flip, flip, seldom, flip)
        .as(Slot::new)
        .list()
        .ofMaxSize(4);
  }
}
