package io.embeddingexport.serde;

import org.apache.thrift.TException;

/** What libthrift says is wrong. */
final class ThriftProblem {

  /** The message without the struct that libthrift includes, payload and all. */
  static String of(TException e) {
    String message = String.valueOf(e.getMessage());
    int struct = message.indexOf(" Struct:");
    return struct < 0 ? message : message.substring(0, struct);
  }

  private ThriftProblem() {}
}
