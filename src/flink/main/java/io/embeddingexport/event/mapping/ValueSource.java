package io.embeddingexport.event.mapping;

/** Where a part of an event comes from. */
public sealed interface ValueSource {

  /** From a field of the event. */
  record AtPath(FieldPath path) implements ValueSource {
    @Override
    public String toString() {
      return path.toString();
    }
  }

  /** From a part of the Kafka message. */
  enum Part implements ValueSource {
    /** The message's key. */
    KEY("the Kafka key"),
    /** The whole value, as it is. */
    VALUE("the message's value"),
    /** The name of the topic. */
    TOPIC("the topic's name");

    private final String text;

    Part(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** From the last header of that name. */
  record FromHeader(String name) implements ValueSource {
    @Override
    public String toString() {
      return "header " + name;
    }
  }

  /** The same for every event. */
  record Constant(String text) implements ValueSource {
    @Override
    public String toString() {
      return "constant " + text;
    }
  }
}
