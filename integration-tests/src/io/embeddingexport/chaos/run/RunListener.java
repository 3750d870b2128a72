package io.embeddingexport.chaos.run;

import java.io.IOException;

/** Who hears how a run goes. */
interface RunListener {
  void say(String line);

  /** A fault is over. */
  void happened(FaultLine fault) throws IOException;
}
