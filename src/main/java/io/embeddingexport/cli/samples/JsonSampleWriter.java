package io.embeddingexport.cli.samples;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeySpec;
import java.util.SplittableRandom;

/** Writes events as JSON with numbers, the form one would type. */
final class JsonSampleWriter implements SampleWriter {
  private final ObjectMapper mapper = new ObjectMapper();

  @Override
  public byte[] write(
      long entityId, long eventTimeMillis, KeyConfig config, SplittableRandom random) {
    ObjectNode event = mapper.createObjectNode();
    event.put("entityId", entityId);
    event.put("eventTimeMillis", eventTimeMillis);
    event.put("model", config.model());
    event.put("keyConfigVersion", config.version());
    ArrayNode tensors = event.putArray("tensors");
    for (KeySpec key : config.keys()) {
      ObjectNode tensor = tensors.addObject();
      tensor.put("dtype", key.dataType().name());
      ArrayNode shape = tensor.putArray("shape");
      for (long dim : SampleTensors.shape(key)) {
        shape.add(dim);
      }
      data(key, random, tensor.putArray("data"));
    }
    return SampleTensors.utf8(event.toString());
  }

  private static void data(KeySpec key, SplittableRandom random, ArrayNode data) {
    DataType type = key.dataType();
    if (type == DataType.STRING) {
      SampleTensors.strings(key, random).forEach(data::add);
      return;
    }
    for (double element : SampleTensors.numbers(key, random)) {
      switch (type) {
        case FLOAT -> data.add((float) element);
        case DOUBLE -> data.add(element);
        case BOOL -> data.add(element != 0);
        default -> data.add((long) element);
      }
    }
  }
}
