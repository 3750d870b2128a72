package io.embeddingexport.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.embeddingexport.datarecord.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes events that are one JSON object, in one pass: numbers and base64 go straight into
 * little-endian payloads.
 *
 * <p>Unknown fields are skipped, since events may grow. Repeated known fields and anything after
 * the object are refused.
 */
final class JsonEventDecoder implements EventDecoder {
  private static final int MAX_DEPTH = 64;
  private static final int MAX_NUMBER_CHARS = 400;
  private static final int MAX_NAME_CHARS = 1_000;

  private final JsonFactory factory =
      JsonFactory.builder()
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_NUMBER_CHARS)
                  .maxNameLength(MAX_NAME_CHARS)
                  // The text is already in memory, so its own length bounds its strings.
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();
  private final JsonTensorReader tensorReader = new JsonTensorReader(factory);

  @Override
  public DecodeResult decode(byte[] bytes, KnownModels models) {
    if (!beginsAsUtf8Object(bytes)) {
      return new DecodeFailure("byte 0: no UTF-8 JSON object begins here");
    }
    try (JsonParser parser = factory.createParser(bytes)) {
      try {
        parser.nextToken();
        Event event = new Reading(parser, bytes).event();
        if (parser.nextToken() != null) {
          throw new BadJsonEventException(
              "more data follows the event; send one event per" + " message");
        }
        return event;
      } catch (BadJsonEventException e) {
        return new DecodeFailure(at(parser) + e.getMessage());
      }
    } catch (JsonEOFException e) {
      return new DecodeFailure("byte " + bytes.length + ": the text ends inside a value");
    } catch (StreamConstraintsException e) {
      return new DecodeFailure(at(e) + e.getOriginalMessage());
    } catch (JsonProcessingException e) {
      // Jackson's message may quote the payload.
      return new DecodeFailure(at(e) + "not valid JSON");
    } catch (IOException e) {
      return new DecodeFailure("not valid JSON in UTF-8");
    }
  }

  /** Jackson would read the text as UTF-16 or UTF-32 if its first characters had a zero byte. */
  private static boolean beginsAsUtf8Object(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] > ' ' || bytes[i] <= 0) {
        return bytes[i] == '{' && (i + 1 == bytes.length || bytes[i + 1] != 0);
      }
    }
    return false;
  }

  private static String at(JsonParser parser) {
    return "byte " + parser.currentTokenLocation().getByteOffset() + ": ";
  }

  private static String at(JsonProcessingException e) {
    return e.getLocation() == null ? "" : "byte " + e.getLocation().getByteOffset() + ": ";
  }

  /** One event being read. */
  private final class Reading {
    private final JsonParser parser;
    private final byte[] bytes;

    private long entityId;
    private long eventTimeMillis = Event.NO_EVENT_TIME;
    private @Nullable String model;
    private long version = Event.NO_VERSION;
    private Tensor @Nullable [] tensors;
    private String @Nullable [] names;
    private int seen;

    Reading(JsonParser parser, byte[] bytes) {
      this.parser = parser;
      this.bytes = bytes;
    }

    Event event() throws IOException, BadJsonEventException {
      for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
        JsonToken value = parser.nextToken();
        switch (field) {
          case "entityId" -> {
            once(1, field);
            entityId = JsonElements.integer(parser, field, Long.MIN_VALUE, Long.MAX_VALUE);
          }
          case "eventTimeMillis" -> {
            once(2, field);
            if (value != JsonToken.VALUE_NULL) {
              eventTimeMillis = JsonElements.integer(parser, field, Long.MIN_VALUE, Long.MAX_VALUE);
            }
          }
          case "model" -> {
            once(4, field);
            model = JsonElements.text(parser, field);
          }
          case "keyConfigVersion" -> {
            once(8, field);
            if (value != JsonToken.VALUE_NULL) {
              version = JsonElements.integer(parser, field, Long.MIN_VALUE, Long.MAX_VALUE);
              if (version < Event.NO_VERSION) {
                throw new BadJsonEventException(Event.negativeVersion(version));
              }
            }
          }
          case "tensors" -> {
            once(16, field);
            tensors();
          }
          default -> parser.skipChildren();
        }
      }
      if ((seen & 1) == 0) {
        throw missing("entityId");
      }
      if (model == null) {
        throw missing("model");
      }
      if (tensors == null) {
        throw missing("tensors");
      }
      return new Event(
          entityId,
          eventTimeMillis,
          model,
          null,
          version,
          new EventTensors.DecodedTensors(tensors, names));
    }

    private void tensors() throws IOException, BadJsonEventException {
      boolean named = parser.currentToken() == JsonToken.START_OBJECT;
      if (!named && parser.currentToken() != JsonToken.START_ARRAY) {
        throw new BadJsonEventException(
            "tensors is neither an array (by position) nor an object (by name)");
      }
      List<Tensor> read = new ArrayList<>();
      List<String> readNames = new ArrayList<>();
      JsonToken end = named ? JsonToken.END_OBJECT : JsonToken.END_ARRAY;
      while (parser.nextToken() != end) {
        if (named) {
          readNames.add(parser.currentName());
          parser.nextToken();
        }
        try {
          read.add(tensorReader.read(parser, bytes));
        } catch (BadJsonEventException e) {
          throw new BadJsonEventException("tensor " + read.size() + ": " + e.getMessage());
        }
      }
      tensors = read.toArray(Tensor[]::new);
      names = named ? readNames.toArray(String[]::new) : null;
    }

    private void once(int bit, String field) throws BadJsonEventException {
      if ((seen & bit) != 0) {
        throw new BadJsonEventException(field + " is given twice; send it once");
      }
      seen |= bit;
    }

    private static BadJsonEventException missing(String field) {
      return new BadJsonEventException("the event has no " + field + "; send it");
    }
  }
}
