package io.embeddingexport.cli.peek;

import com.fasterxml.jackson.core.JsonGenerator;
import io.embeddingexport.cli.trial.NamedTensor;
import io.embeddingexport.event.DecodeFailure;
import io.embeddingexport.event.DecodeResult;
import io.embeddingexport.event.DecodedItems;
import io.embeddingexport.event.Deletion;
import io.embeddingexport.event.Event;
import java.io.IOException;

/** Prints what an input says. */
final class EventForm {
  private final JsonGenerator json;
  private final ReadableTensor tensors;

  EventForm(JsonGenerator json, PrintLimits limits) {
    this.json = json;
    this.tensors = new ReadableTensor(json, limits);
  }

  /** Writes {@code event} with an object, or {@code events} with an array of them. */
  void write(DecodeResult result) throws IOException {
    if (result instanceof DecodedItems items) {
      json.writeArrayFieldStart("events");
      for (DecodeResult item : items.items()) {
        writeObject(item);
      }
      json.writeEndArray();
    } else {
      json.writeFieldName("event");
      writeObject(result);
    }
  }

  private void writeObject(DecodeResult result) throws IOException {
    json.writeStartObject();
    if (result instanceof Event event) {
      write(event);
    } else if (result instanceof Deletion deletion) {
      json.writeStringField("deletes", deletion.model());
    } else if (result instanceof DecodeFailure failure) {
      json.writeStringField("error", failure.detail());
    }
    json.writeEndObject();
  }

  private void write(Event event) throws IOException {
    if (event.entityName() == null) {
      json.writeNumberField("entityId", event.entityId());
    } else {
      json.writeStringField("entityName", BytesForm.text(event.entityName()));
    }
    if (event.entityText() != null) {
      json.writeStringField("entityText", BytesForm.text(event.entityText()));
    }
    json.writeStringField("model", event.model());
    if (event.hasEventTime()) {
      json.writeNumberField("eventTimeMillis", event.eventTimeMillis());
    }
    if (event.keyConfigVersion() != Event.NO_VERSION) {
      json.writeNumberField("keyConfigVersion", event.keyConfigVersion());
    }
    json.writeObjectFieldStart("tensors");
    for (NamedTensor tensor : NamedTensor.of(event)) {
      json.writeFieldName(tensor.name());
      tensors.write(tensor.tensor());
    }
    json.writeEndObject();
  }
}
