package io.embeddingexport.datarecord;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random tensors and records. */
final class Records {
  /** Any bits, but of all NaNs only the one that libthrift writes. */
  static Arbitrary<Float> floats() {
    return Arbitraries.integers()
        .edgeCases(
            edges -> edges.add(0x7f800000, 0xff800000, 0x7fc00000, 0x80000000, 0x00000001, 0))
        .map(Float::intBitsToFloat)
        .map(value -> Float.isNaN(value) ? Float.NaN : value);
  }

  /** Any bits, but of all NaNs only the one that libthrift writes. */
  static Arbitrary<Double> doubles() {
    return Arbitraries.longs()
        .edgeCases(edges -> edges.add(0x7ff0000000000000L, 0x7ff8000000000000L, Long.MIN_VALUE))
        .map(Double::longBitsToDouble)
        .map(value -> Double.isNaN(value) ? Double.NaN : value);
  }

  static Arbitrary<List<Long>> shapes() {
    return Arbitraries.longs().between(0, 3).list().ofMaxSize(4);
  }

  /** Tensors of every type in their standard encoding. */
  static Arbitrary<Elements> elements() {
    return Arbitraries.of(
            DataType.FLOAT,
            DataType.DOUBLE,
            DataType.INT32,
            DataType.INT64,
            DataType.UINT8,
            DataType.BOOL,
            DataType.STRING)
        .flatMap(dataType -> shapes().flatMap(shape -> elements(dataType, shape)));
  }

  static Arbitrary<Elements> elements(DataType dataType, List<Long> shape) {
    int count = (int) shape.stream().mapToLong(dim -> dim).reduce(1, (a, b) -> a * b);
    Arbitrary<?> element =
        switch (dataType) {
          case FLOAT -> floats();
          case DOUBLE -> doubles();
          case INT32 -> Arbitraries.integers();
          case INT64 -> Arbitraries.longs();
          case UINT8 -> Arbitraries.bytes();
          case BOOL -> Arbitraries.of(true, false);
          case STRING -> Arbitraries.bytes().array(byte[].class).ofMaxSize(6);
          case BYTE -> throw new AssertionError();
        };
    return element
        .list()
        .ofSize(count)
        .map(list -> new Elements(dataType, TensorEncoding.standard(dataType), shape, list));
  }

  /** Tensors of every type in every encoding it has. */
  static Arbitrary<Elements> encodedElements() {
    return Combinators.combine(elements(), Arbitraries.of(true, false))
        .as(
            (elements, typed) -> {
              TensorEncoding encoding = TensorEncoding.typed(elements.dataType());
              return typed && encoding != null ? elements.in(encoding) : elements;
            });
  }

  static Arbitrary<SparseTensor> sparseTensors() {
    Arbitrary<List<Long>> denseShapes =
        Arbitraries.longs().between(1, 1L << 40).list().ofMinSize(1).ofMaxSize(3);
    return Combinators.combine(denseShapes, encodedElements(), Arbitraries.longs())
        .as(
            (denseShape, elements, seed) -> {
              Tensor values = elements.toTensor();
              List<Long> indices = new ArrayList<>();
              for (int i = 0; i < values.elementCount() * denseShape.size(); i++) {
                long dim = denseShape.get(i % denseShape.size());
                indices.add(Math.floorMod(seed * (i + 1), dim));
              }
              List<Long> shape = List.of((long) values.elementCount(), (long) denseShape.size());
              Elements index = new Elements(DataType.INT64, TensorEncoding.INT64, shape, indices);
              return new SparseTensor(denseShape, index.toTensor(), values);
            });
  }

  /** Records of all nine fields, any of them empty, as a reader would give them back. */
  static Arbitrary<Contents> records() {
    Arbitrary<Long> ids = Arbitraries.longs();
    // Half surrogate pairs become '?'.
    Arbitrary<Bytes> texts = Arbitraries.strings().ofMaxLength(4).map(Bytes::ofUtf8);
    Arbitrary<Double> values = doubles().filter(value -> !value.isNaN());
    Arbitrary<Set<Bytes>> sets = texts.set().ofMaxSize(3);
    Arbitrary<Map<Bytes, Double>> entries =
        Arbitraries.maps(texts, values).ofMinSize(1).ofMaxSize(3);
    Arbitrary<Bytes> blobs = Arbitraries.bytes().array(byte[].class).ofMaxSize(9).map(Bytes::of);
    return Combinators.combine(
            Combinators.combine(
                    ids.set().ofMaxSize(3),
                    Arbitraries.maps(ids, values).ofMaxSize(3),
                    Arbitraries.maps(ids, ids).ofMaxSize(3),
                    Arbitraries.maps(ids, texts).ofMaxSize(3))
                .as(List::of),
            Combinators.combine(
                    Arbitraries.maps(ids, sets).ofMaxSize(2),
                    Arbitraries.maps(ids, entries).ofMaxSize(2),
                    Arbitraries.maps(ids, blobs).ofMaxSize(2),
                    Arbitraries.maps(ids, encodedElements().map(Elements::toTensor)).ofMaxSize(3),
                    Arbitraries.maps(ids, sparseTensors()).ofMaxSize(2))
                .as(List::of))
        .as(Records::contents);
  }

  @SuppressWarnings("unchecked")
  private static Contents contents(List<?> first, List<?> second) {
    return new Contents(
        (Set<Long>) first.get(0),
        (Map<Long, Double>) first.get(1),
        (Map<Long, Long>) first.get(2),
        (Map<Long, Bytes>) first.get(3),
        (Map<Long, Set<Bytes>>) second.get(0),
        (Map<Long, Map<Bytes, Double>>) second.get(1),
        (Map<Long, Bytes>) second.get(2),
        (Map<Long, Tensor>) second.get(3),
        (Map<Long, SparseTensor>) second.get(4));
  }

  private Records() {}
}
