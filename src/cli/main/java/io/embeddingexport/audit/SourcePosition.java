package io.embeddingexport.audit;

/** The position of an input. */
public record SourcePosition(String topic, int partition, long offset) {

  @Override
  public String toString() {
    return topic + ':' + partition + ':' + offset;
  }
}
