package io.embeddingexport.event;

import java.util.List;

/**
 * The events of a message that may hold several, in order.
 *
 * @param items no {@link DecodedItems}; the index of one is its item number
 */
public record DecodedItems(List<DecodeResult> items) implements DecodeResult {
  public DecodedItems {
    items = List.copyOf(items);
  }
}
