package io.embeddingexport.cli.demo;

/**
 * Where the broker put each event: its partition and offset on the input topic. Written by one
 * thread; read by others once they have seen that thread end.
 */
final class Sources {
  private static final int OFFSET_BITS = 48;

  private final String topic;
  private final long[] places;

  Sources(String topic, int events) {
    this.topic = topic;
    this.places = new long[events];
  }

  void put(int event, int partition, long offset) {
    places[event] = (long) partition << OFFSET_BITS | offset;
  }

  String topic() {
    return topic;
  }

  int partition(int event) {
    return (int) (places[event] >>> OFFSET_BITS);
  }

  long offset(int event) {
    return places[event] & (1L << OFFSET_BITS) - 1;
  }
}
