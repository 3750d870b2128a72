package io.embeddingexport.kafka.positions;

import java.util.List;
import java.util.stream.Stream;

/**
 * The state of a group.
 *
 * @param partitions in the order of their names
 * @param ofGroup problems of the group as a whole, one sentence each
 */
public record PositionReport(
    String groupId, List<PositionStatus> partitions, List<String> ofGroup) {

  public PositionReport {
    partitions = List.copyOf(partitions);
    ofGroup = List.copyOf(ofGroup);
  }

  /** Reasons a start would be refused, in its own words; empty: it would succeed. */
  public List<String> problems() {
    return Stream.concat(
            ofGroup.stream(),
            partitions.stream().map(PositionStatus::problem).filter(problem -> problem != null))
        .toList();
  }

  /** The partitions except those of key configs. */
  public List<PositionStatus> inputs() {
    return partitions.stream().filter(PositionStatus::isInput).toList();
  }

  /** Whether the group has a position of one of our jobs, on any topic. */
  public boolean hasMarkers() {
    return partitions.stream().anyMatch(partition -> partition.marker() != null);
  }
}
