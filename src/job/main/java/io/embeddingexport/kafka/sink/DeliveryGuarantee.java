package io.embeddingexport.kafka.sink;

import java.util.Locale;

/** The delivery guarantee for inputs. */
public enum DeliveryGuarantee {
  /** Once: messages and positions are committed in one Kafka transaction. */
  EXACTLY_ONCE,
  /** Once or more: positions are committed after the messages. */
  AT_LEAST_ONCE;

  /** The name in options: {@code exactly-once}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
