package io.embeddingexport.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.embeddingexport.datarecord.DataRecordReader;
import io.embeddingexport.datarecord.DataRecordView;
import io.embeddingexport.datarecord.MalformedRecordException;
import io.embeddingexport.datarecord.Tensor;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record as a person reads it. */
final class ExampleRecord {
  private static final int ELEMENTS_SHOWN = 4;

  /** The message as JSON, with the first elements of each tensor. */
  static ObjectNode json(ConsumerRecord<byte[], byte[]> message) throws MalformedRecordException {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("topic", message.topic());
    json.put("partition", message.partition());
    json.put("offset", message.offset());
    json.put("key", new String(message.key(), UTF_8));
    ObjectNode headers = json.putObject("headers");
    message.headers().forEach(header -> headers.put(header.key(), MessageCheck.text(header)));
    DataRecordView record = DataRecordReader.read(message.value());
    ObjectNode fields = json.putObject("record");
    if (!record.discreteFeatures().isEmpty()) {
      ObjectNode discrete = fields.putObject("discreteFeatures");
      record.discreteFeatures().forEach((id, value) -> discrete.put(id.toString(), value));
    }
    ObjectNode tensors = fields.putObject("tensors");
    record.tensors().forEach((key, tensor) -> put(tensor, tensors.putObject(key.toString())));
    return json;
  }

  private static void put(Tensor tensor, ObjectNode json) {
    json.put("dtype", tensor.dataType().name());
    ArrayNode shape = json.putArray("shape");
    for (long dim : tensor.shape().toArray()) {
      shape.add(dim);
    }
    ArrayNode data = json.putArray("data");
    float[] elements = tensor.toFloats();
    for (int i = 0; i < Math.min(ELEMENTS_SHOWN, elements.length); i++) {
      data.add(elements[i]);
    }
    if (elements.length > ELEMENTS_SHOWN) {
      data.add("… " + (elements.length - ELEMENTS_SHOWN) + " more");
    }
  }

  private ExampleRecord() {}
}
