package io.embeddingexport.kafka.positions;

import java.util.List;
import java.util.stream.Stream;

/**
 * The state of a group.
 *
 * @param partitions in the order of their names
 * @param ofGroup what is wrong with the group as a whole, a sentence each
 */
public record PositionReport(
    String groupId, List<PositionStatus> partitions, List<String> ofGroup) {

  public PositionReport {
    partitions = List.copyOf(partitions);
    ofGroup = List.copyOf(ofGroup);
  }

  /** Why a start would be refused, in its own words; none: it would go on. */
  public List<String> problems() {
    return Stream.concat(
            ofGroup.stream(),
            partitions.stream().map(PositionStatus::problem).filter(problem -> problem != null))
        .toList();
  }

  /** Without the partitions of key configs. */
  public List<PositionStatus> inputs() {
    return partitions.stream().filter(PositionStatus::isInput).toList();
  }

  /** Whether the group has a position of a job of ours, on any topic. */
  public boolean hasMarkers() {
    return partitions.stream().anyMatch(partition -> partition.marker() != null);
  }
}
