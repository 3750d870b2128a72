package io.embeddingexport.kafka.positions;

/** The kind of a group's committed offset for a partition. */
public enum PositionKind {
  /** A position of this job. A start continues there. */
  POSITION("ok"),
  /** Nothing is committed, and the partition is new or its topic was never read. */
  NEW("new"),
  /** Nothing is committed, although the topic was read with this partition before. */
  MISSING("missing"),
  /** Somebody else committed it: it has no marker. */
  UNMARKED("unmarked"),
  /** A position of a job with another transactional id prefix. */
  OTHER_PREFIX("other prefix"),
  /** A position on a topic of the same name that was deleted. */
  CREATED_ANEW("topic re-created"),
  /** The inputs from that offset on are deleted. */
  DELETED("inputs deleted"),
  /** The partition ends before that offset. */
  PAST_THE_END("past the end"),
  /** A position, while the options say to start elsewhere. */
  NOT_WANTED("--from is given");

  private final String label;

  PositionKind(String label) {
    this.label = label;
  }

  /** A label of one to three words for a table. */
  public String label() {
    return label;
  }

  static PositionKind of(PositionStatus.Found found, String prefix, boolean isRefused) {
    Long position = found.position();
    PositionMarker marker = found.marker();
    if (position == null) {
      return isRefused ? MISSING : NEW;
    }
    if (marker == null) {
      return UNMARKED;
    }
    if (!marker.prefix().equals(prefix)) {
      return OTHER_PREFIX;
    }
    if (!marker.topicId().equals(found.topic().id())) {
      return CREATED_ANEW;
    }
    if (position < found.begin()) {
      return DELETED;
    }
    if (position > found.end()) {
      return PAST_THE_END;
    }
    return isRefused ? NOT_WANTED : POSITION;
  }
}
