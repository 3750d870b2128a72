package io.embeddingexport.cli.peek;

import java.io.IOException;

/** Takes the messages of a topic. */
public interface MessageOutput {

  /**
   * Takes one message.
   *
   * @throws IOException if the output takes no more
   */
  void write(PeekedMessage peeked) throws IOException;

  /** Flushes what was written. */
  void flush() throws IOException;
}
