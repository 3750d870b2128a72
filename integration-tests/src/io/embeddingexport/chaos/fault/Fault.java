package io.embeddingexport.chaos.fault;

/** One fault with its particulars, such as which process it hits and for how long. */
public interface Fault {
  FaultClass kind();

  /**
   * Does it, lets it last, and undoes it. On return everything that was broken is whole, or on its
   * way (a process that was killed has been started, and need not serve yet), and a job that was
   * ended is submitted again: it must now recover by itself.
   *
   * @throws FaultException if the system did not do what it must while the fault lasted, such as
   *     fail with a certain message
   */
  void happen(Stage stage) throws InterruptedException;

  /** In a few words: {@code kill -9 taskmanager-2}. */
  @Override
  String toString();
}
