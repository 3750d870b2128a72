package io.embeddingexport.audit;

/** The position of an input. */
public record Place(String topic, int partition, long offset) {

  @Override
  public String toString() {
    return topic + ':' + partition + ':' + offset;
  }
}
