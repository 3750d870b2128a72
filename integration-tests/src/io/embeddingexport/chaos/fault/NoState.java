package io.embeddingexport.chaos.fault;

import io.embeddingexport.chaos.cluster.ClusterNode;
import io.embeddingexport.chaos.cluster.SubmittedJob;
import java.util.List;

/**
 * All state is lost: the job ends, and is submitted as if it had never run. It must go on where the
 * group's positions stand.
 *
 * @param killed whether its TaskManagers die; else it is cancelled
 */
record NoState(boolean killed, int parallelism) implements Fault {
  @Override
  public FaultClass kind() {
    return FaultClass.NO_STATE;
  }

  @Override
  public void happen(Stage stage) {
    SubmittedJob job = stage.cluster().job();
    new JobWatch(stage).awaitWorking("the job works before it loses its state");
    List<ClusterNode> taskManagers = killed ? stage.cluster().taskManagers() : List.of();
    try {
      taskManagers.forEach(ClusterNode::kill);
      job.cancel();
    } finally {
      ProcessFaults.eachOf(taskManagers, ClusterNode::start);
    }
    job.start(parallelism);
  }

  @Override
  public String toString() {
    return (killed ? "kill -9 all taskmanagers and " : "")
        + "cancel, and start without state (parallelism "
        + parallelism
        + ")";
  }
}
