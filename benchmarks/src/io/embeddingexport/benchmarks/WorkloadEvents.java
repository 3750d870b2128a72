package io.embeddingexport.benchmarks;

import io.embeddingexport.thrift.DataType;
import io.embeddingexport.thrift.DoubleTensor;
import io.embeddingexport.thrift.EmbeddingEvent;
import io.embeddingexport.thrift.FloatTensor;
import io.embeddingexport.thrift.GeneralTensor;
import io.embeddingexport.thrift.RawTypedTensor;
import io.embeddingexport.thrift.StringTensor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.thrift.TException;
import org.apache.thrift.TSerializer;
import org.apache.thrift.protocol.TBinaryProtocol;

/** The event of a {@link Workload} in each form in which it can come. */
record WorkloadEvents(Workload workload) {

  /** Numbers raw, strings in their list. */
  byte[] thrift() {
    return thrift(Workload.MODEL);
  }

  /** The same for another model. */
  byte[] thrift(String model) {
    return serialized(
        model, isOfStrings() ? strings() : workload.elements().payloads().stream().map(this::raw));
  }

  /** Numbers as a list of doubles, which is all that Thrift has for them. */
  byte[] thriftTyped() {
    return serialized(
        Workload.MODEL,
        isOfStrings() ? strings() : workload.elements().doubles().stream().map(this::typed));
  }

  byte[] json() {
    return json(
        isOfStrings()
            ? workload.elements().strings().stream().map(WorkloadEvents::textOfStrings)
            : workload.elements().doubles().stream().map(this::textOfNumbers));
  }

  /** Events with tensors of numeric types. */
  byte[] base64() {
    return json(
        workload.elements().payloads().stream()
            .map(
                payload ->
                    "{\"dtype\":\"%s\",\"base64\":\"%s\"}"
                        .formatted(workload.type(), Base64.getEncoder().encodeToString(payload))));
  }

  private boolean isOfStrings() {
    return workload.type() == io.embeddingexport.datarecord.DataType.STRING;
  }

  private GeneralTensor raw(byte[] payload) {
    RawTypedTensor raw =
        new RawTypedTensor(DataType.findByValue(workload.type().code()), ByteBuffer.wrap(payload));
    raw.addToShape(workload.length());
    return GeneralTensor.rawTypedTensor(raw);
  }

  private GeneralTensor typed(double[] values) {
    List<Double> list = Arrays.stream(values).boxed().toList();
    if (workload.type() == io.embeddingexport.datarecord.DataType.FLOAT) {
      FloatTensor floats = new FloatTensor(list);
      floats.addToShape(workload.length());
      return GeneralTensor.floatTensor(floats);
    }
    DoubleTensor doubles = new DoubleTensor(list);
    doubles.addToShape(workload.length());
    return GeneralTensor.doubleTensor(doubles);
  }

  private Stream<GeneralTensor> strings() {
    return workload.elements().strings().stream()
        .map(
            strings -> {
              StringTensor tensor =
                  new StringTensor(strings.stream().map(ByteBuffer::wrap).toList());
              tensor.addToShape(workload.length());
              return GeneralTensor.stringTensor(tensor);
            });
  }

  private static byte[] serialized(String model, Stream<GeneralTensor> tensors) {
    EmbeddingEvent event = new EmbeddingEvent(42, model);
    event.setEventTimeMillis(1_700_000_000_000L);
    event.setKeyConfigVersion(1);
    event.setTensors(tensors.toList());
    try {
      return new TSerializer(new TBinaryProtocol.Factory()).serialize(event);
    } catch (TException e) {
      throw new IllegalStateException(e);
    }
  }

  private String textOfNumbers(double[] values) {
    String numbers =
        Arrays.stream(values)
            .mapToObj(
                value ->
                    workload.type() == io.embeddingexport.datarecord.DataType.FLOAT
                        ? Float.toString((float) value)
                        : Double.toString(value))
            .collect(Collectors.joining(",", "[", "]"));
    return "{\"dtype\":\"%s\",\"data\":%s}".formatted(workload.type(), numbers);
  }

  private static String textOfStrings(List<byte[]> strings) {
    return strings.stream()
        .map(bytes -> new String(bytes, StandardCharsets.US_ASCII))
        .collect(Collectors.joining("\",\"", "[\"", "\"]"));
  }

  private static byte[] json(Stream<String> tensors) {
    return """
    {"entityId":42,"eventTimeMillis":1700000000000,"model":"%s","keyConfigVersion":1,"tensors":%s}"""
        .formatted(Workload.MODEL, tensors.collect(Collectors.joining(",", "[", "]")))
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The record of the event in {@link #thrift()}, as libthrift writes it. */
  byte[] record() {
    try {
      return new LibThriftCodec(workload.tensors()).encode(thrift());
    } catch (TException e) {
      throw new IllegalStateException(e);
    }
  }
}
