package io.embeddingexport.datarecord;

import io.embeddingexport.datarecord.wire.MalformedThriftException;
import io.embeddingexport.datarecord.wire.ThriftReader;
import io.embeddingexport.thrift.BoolTensor;
import io.embeddingexport.thrift.DoubleTensor;
import io.embeddingexport.thrift.FloatTensor;
import io.embeddingexport.thrift.GeneralTensor;
import io.embeddingexport.thrift.Int32Tensor;
import io.embeddingexport.thrift.Int64Tensor;
import io.embeddingexport.thrift.RawTypedTensor;
import io.embeddingexport.thrift.StringTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A tensor as boxed elements: Float, Double, Integer, Long, Byte (UINT8), Boolean or byte[]. What
 * tests compare by, written without the code under test.
 */
record Elements(DataType dataType, TensorEncoding encoding, List<Long> shape, List<?> elements) {

  /** The elements of {@code tensor}, in its encoding. */
  static Elements of(Tensor tensor) {
    List<Long> shape = new ArrayList<>();
    for (long dim : tensor.shape().toArray()) {
      shape.add(dim);
    }
    List<Object> elements = new ArrayList<>();
    ByteBuffer content = tensor.content();
    boolean typedFloat = tensor.encoding() == TensorEncoding.FLOAT;
    for (int i = 0; i < tensor.elementCount(); i++) {
      elements.add(
          switch (tensor.dataType()) {
            case FLOAT -> typedFloat ? (Object) (float) content.getDouble() : content.getFloat();
            case DOUBLE -> content.getDouble();
            case INT32 -> content.getInt();
            case INT64 -> content.getLong();
            case UINT8 -> content.get();
            case BOOL -> content.get() != 0;
            case STRING -> {
              byte[] string = new byte[content.getInt()];
              content.get(string);
              yield string;
            }
            case BYTE -> throw new AssertionError();
          });
    }
    return new Elements(tensor.dataType(), tensor.encoding(), shape, elements);
  }

  Elements in(TensorEncoding other) {
    return new Elements(dataType, other, shape, elements);
  }

  /** With null for a shape: the field is left out. */
  Elements withoutShape() {
    return new Elements(dataType, encoding, null, elements);
  }

  /** By libthrift to bytes, and those bytes read. */
  Tensor toTensor() {
    byte[] bytes = LibThrift.serialize(toThrift());
    try {
      return TensorReader.read(new ThriftReader(bytes, 0, bytes.length));
    } catch (MalformedThriftException e) {
      throw new AssertionError(e);
    }
  }

  GeneralTensor toThrift() {
    return switch (encoding) {
      case RAW -> {
        RawTypedTensor raw = new RawTypedTensor();
        raw.setDataType(io.embeddingexport.thrift.DataType.findByValue(dataType.code()));
        raw.setContent(littleEndian());
        yield GeneralTensor.rawTypedTensor(raw.setShape(shape));
      }
      case STRING -> {
        List<ByteBuffer> strings = this.<byte[]>cast().stream().map(ByteBuffer::wrap).toList();
        yield GeneralTensor.stringTensor(new StringTensor(strings).setShape(shape));
      }
      case INT32 ->
          GeneralTensor.int32Tensor(new Int32Tensor(this.<Integer>cast()).setShape(shape));
      case INT64 -> GeneralTensor.int64Tensor(new Int64Tensor(this.<Long>cast()).setShape(shape));
      case FLOAT -> {
        List<Double> doubles =
            this.<Float>cast().stream().map(element -> (double) element).toList();
        yield GeneralTensor.floatTensor(new FloatTensor(doubles).setShape(shape));
      }
      case DOUBLE ->
          GeneralTensor.doubleTensor(new DoubleTensor(this.<Double>cast()).setShape(shape));
      case BOOL -> GeneralTensor.boolTensor(new BoolTensor(this.<Boolean>cast()).setShape(shape));
    };
  }

  private byte[] littleEndian() {
    ByteBuffer payload = ByteBuffer.allocate(8 * elements.size()).order(ByteOrder.LITTLE_ENDIAN);
    for (Object element : elements) {
      if (element instanceof Float value) {
        payload.putInt(Float.floatToRawIntBits(value));
      } else if (element instanceof Double value) {
        payload.putLong(Double.doubleToRawLongBits(value));
      } else if (element instanceof Integer value) {
        payload.putInt(value);
      } else if (element instanceof Long value) {
        payload.putLong(value);
      } else if (element instanceof Byte value) {
        payload.put(value);
      } else if (element instanceof Boolean value) {
        payload.put((byte) (value ? 1 : 0));
      } else {
        throw new AssertionError(element);
      }
    }
    byte[] bytes = new byte[payload.position()];
    payload.flip().get(bytes);
    return bytes;
  }

  @SuppressWarnings("unchecked")
  private <T> List<T> cast() {
    return (List<T>) elements;
  }
}
