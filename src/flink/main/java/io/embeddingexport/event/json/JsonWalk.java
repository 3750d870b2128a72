package io.embeddingexport.event.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.embeddingexport.event.BadEventException;
import io.embeddingexport.event.plan.EventPlan;
import io.embeddingexport.event.plan.EventWalk;
import io.embeddingexport.event.plan.MappedEvent;
import io.embeddingexport.event.plan.PathTree;
import io.embeddingexport.event.plan.TensorValue;
import java.io.IOException;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads events that are one JSON object, in one pass: numbers and base64 go straight into
 * little-endian payloads.
 *
 * <p>Fields that the plan does not name are skipped, since events may grow. The named ones may not
 * be repeated, and nothing may follow the object. A null is as good as no field.
 */
public final class JsonWalk implements EventWalk {
  private final EventPlan plan;
  private final JsonText text = new JsonText();
  private final JsonTensorReader tensors = new JsonTensorReader(text);

  /** Targets that the event has given. */
  private final BitSet given = new BitSet();

  /** Where the event begins; the parser counts from there. */
  private int begin;

  public JsonWalk(EventPlan plan) {
    this.plan = plan;
  }

  @Override
  public boolean isNative(byte[] value) {
    return JsonText.isNative(value);
  }

  @Override
  public int position() {
    return text.position();
  }

  @Override
  public void read(byte[] event, int from, MappedEvent parts) throws BadEventException {
    begin = from;
    given.clear();
    tensors.begin();
    text.read(event, from, parser -> object(parser, event, plan.root(), parts));
  }

  private void object(JsonParser parser, byte[] event, PathTree node, MappedEvent parts)
      throws IOException, BadEventException {
    for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
      parser.nextToken();
      value(parser, event, node.field(field), parts);
    }
  }

  private void array(JsonParser parser, byte[] event, PathTree node, MappedEvent parts)
      throws IOException, BadEventException {
    for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
      value(parser, event, node.item(i), parts);
    }
  }

  /** Reads the value at the parser's token, and leaves the parser at the value's last token. */
  private void value(JsonParser parser, byte[] event, @Nullable PathTree node, MappedEvent parts)
      throws IOException, BadEventException {
    JsonToken token = parser.currentToken();
    if (node == null || token == JsonToken.VALUE_NULL) {
      parser.skipChildren();
    } else if (node.target() != PathTree.NO_TARGET) {
      target(parser, event, node.target(), parts);
    } else if (token == JsonToken.START_OBJECT) {
      object(parser, event, node, parts);
    } else if (token == JsonToken.START_ARRAY && node.hasItems()) {
      array(parser, event, node, parts);
    } else {
      parser.skipChildren();
    }
  }

  private void target(JsonParser parser, byte[] event, int target, MappedEvent parts)
      throws IOException, BadEventException {
    if (given.get(target)) {
      throw new BadEventException(plan.name(target) + " is given twice; send it once");
    }
    given.set(target);
    if (target == EventPlan.ALL_TENSORS) {
      all(parser, event, parts);
    } else if (EventPlan.isTensor(target)) {
      tensor(parser, event, plan.name(target), parts.tensor(target));
    } else {
      scalar(parser, target, parts);
    }
  }

  private void scalar(JsonParser parser, int target, MappedEvent parts)
      throws IOException, BadEventException {
    JsonToken token = parser.currentToken();
    String name = plan.name(target);
    if (token == JsonToken.VALUE_STRING || target == EventPlan.MODEL) {
      parts.text(target, JsonElements.text(parser, name));
    } else if (token.isBoolean() && target == EventPlan.DELETION) {
      parts.text(target, parser.getText());
    } else if (token == JsonToken.VALUE_NUMBER_FLOAT && target == EventPlan.EVENT_TIME) {
      parts.real(target, parser.getDoubleValue());
    } else {
      parts.whole(target, JsonElements.integer(parser, name, Long.MIN_VALUE, Long.MAX_VALUE));
    }
  }

  private void all(JsonParser parser, byte[] event, MappedEvent parts)
      throws IOException, BadEventException {
    boolean byName = parser.currentToken() == JsonToken.START_OBJECT;
    if (!byName && parser.currentToken() != JsonToken.START_ARRAY) {
      throw new BadEventException(
          plan.name(EventPlan.ALL_TENSORS)
              + " is neither an array (by position) nor an object (by name)");
    }
    parts.beginAll(!byName);
    JsonToken end = byName ? JsonToken.END_OBJECT : JsonToken.END_ARRAY;
    for (int i = 0; parser.nextToken() != end; i++) {
      String name = null;
      if (byName) {
        name = parser.currentName();
        parser.nextToken();
      }
      TensorValue tensor = parts.next(name);
      if (parser.currentToken().isNumeric() || parser.currentToken().isBoolean()) {
        // More likely the elements of one tensor than tensors of one element.
        throw new BadEventException("tensor " + i + ": neither an array nor an object");
      }
      tensor(parser, event, "tensor " + i, tensor);
    }
  }

  private void tensor(JsonParser parser, byte[] event, String name, TensorValue tensor)
      throws IOException, BadEventException {
    try {
      tensors.read(parser, event, begin, tensor);
    } catch (BadEventException e) {
      throw new BadEventException(name + ": " + e.getMessage());
    }
  }
}
