package io.embeddingexport.datarecord;

import io.embeddingexport.thrift.COOSparseTensor;
import io.embeddingexport.thrift.DataRecord;
import io.embeddingexport.thrift.GeneralTensor;
import io.embeddingexport.thrift.Int64Tensor;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.thrift.TBase;
import org.apache.thrift.TDeserializer;
import org.apache.thrift.TException;
import org.apache.thrift.TSerializer;
import org.apache.thrift.protocol.TBinaryProtocol;

/** The reference: records by libthrift and the classes generated from the IDL. */
final class LibThrift {

  static byte[] serialize(TBase<?, ?> struct) {
    try {
      return new TSerializer(new TBinaryProtocol.Factory()).serialize(struct);
    } catch (TException e) {
      throw new AssertionError(e);
    }
  }

  static DataRecord deserialize(byte[] record) {
    DataRecord result = new DataRecord();
    try {
      new TDeserializer(new TBinaryProtocol.Factory()).deserialize(result, record);
    } catch (TException e) {
      throw new AssertionError(e);
    }
    return result;
  }

  /** The same contents in the generated class, in the same order. */
  static DataRecord toThrift(Contents contents) {
    DataRecord record = new DataRecord();
    if (!contents.binary().isEmpty()) {
      record.setBinaryFeatures(new LinkedHashSet<>(contents.binary()));
    }
    record.setContinuousFeatures(map(contents.continuous(), value -> value));
    record.setDiscreteFeatures(map(contents.discrete(), value -> value));
    record.setStringFeatures(map(contents.string(), Bytes::utf8));
    record.setSparseBinaryFeatures(map(contents.sparseBinary(), LibThrift::texts));
    record.setSparseContinuousFeatures(
        map(
            contents.sparseContinuous(),
            entries -> {
              Map<String, Double> result = new LinkedHashMap<>();
              entries.forEach((key, value) -> result.put(key.utf8(), value));
              return result;
            }));
    record.setBlobFeatures(map(contents.blob(), blob -> ByteBuffer.wrap(blob.toArray())));
    record.setTensors(map(contents.tensors(), tensor -> Elements.of(tensor).toThrift()));
    record.setSparseTensors(map(contents.sparseTensors(), LibThrift::sparse));
    return record;
  }

  private static Set<String> texts(Collection<Bytes> values) {
    return values.stream().map(Bytes::utf8).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static io.embeddingexport.thrift.SparseTensor sparse(SparseTensor tensor) {
    GeneralTensor indices = Elements.of(tensor.indices()).toThrift();
    Int64Tensor longs = indices.getInt64Tensor();
    COOSparseTensor coo = new COOSparseTensor(longs, Elements.of(tensor.values()).toThrift());
    coo.setDenseShape(tensor.denseShape());
    return io.embeddingexport.thrift.SparseTensor.cooSparseTensor(coo);
  }

  /** Null, which Thrift leaves out, for an empty map. */
  private static <A, B> Map<Long, B> map(Map<Long, A> from, Function<A, B> value) {
    if (from.isEmpty()) {
      return null;
    }
    Map<Long, B> to = new LinkedHashMap<>();
    from.forEach((id, each) -> to.put(id, value.apply(each)));
    return to;
  }

  private LibThrift() {}
}
