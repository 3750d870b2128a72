"""Records from Kafka. Needs the extra ``kafka``."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self, cast

from confluent_kafka import OFFSET_INVALID, Consumer, KafkaError, KafkaException, TopicPartition

from .origin import DuplicateFilter, Origin

_OURS = {
    "isolation.level": "read_committed",
    "enable.auto.commit": False,
    "enable.auto.offset.store": False,
    "enable.partition.eof": True,
    "partition.assignment.strategy": "range",
    "group.protocol": "classic",
}
_TIMEOUT = 30.0


@dataclass(frozen=True, slots=True)
class Message:
    """One output of the job. ``value`` is the record's bytes; None is a tombstone, which deletes ``key``.
    ``timestamp`` is in ms since the Unix epoch; -1 if there is none. Of headers of one name, the last counts."""

    topic: str
    partition: int
    offset: int
    timestamp: int
    key: bytes | None
    value: bytes | None
    headers: dict[str, bytes | None]
    origin: Origin | None


class RecordConsumer:
    """Iterates over the committed messages of the record topics, each once, in the order of its partition.

        with RecordConsumer({"bootstrap.servers": "kafka:9092", "group.id": "index"}, ["data-records"]) as messages:
            for message in messages:
                use(message)
                messages.commit()

    A start goes on at the group's positions, and at the first message where there is none (``auto.offset.reset``).
    ``commit`` says that every message handed out so far is done. The position it commits is that of the next message,
    past the markers of transactions, so that the lag reaches 0. Nothing is committed without it.

    ``window`` is how many offsets of an input partition are remembered to drop repeats, as an at-least-once job may
    write; 0 for none, which is enough for an exactly-once job. At a start the window's messages before the position are
    read again, for the filter alone.

    With ``until_end`` it stops where every partition ends. Not thread-safe. Raises KafkaException for what Kafka
    reports as final, and ValueError for a property that the guarantees need otherwise.
    """

    def __init__(
        self, config: Mapping[str, Any], topics: Sequence[str], window: int = 1 << 16, until_end: bool = False
    ) -> None:
        for name, value in _OURS.items():
            if config.get(name, value) != value:
                raise ValueError(f"{name} = {config[name]}: the consumer needs {value}; leave it out")
        self._window, self._until_end = window, until_end
        self._filter = DuplicateFilter(window) if window else None
        self._positions: dict[tuple[str, int], int] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._assigned = False
        self._ended: set[tuple[str, int]] = set()
        self._messages = self._read()
        self._consumer = Consumer({"auto.offset.reset": "earliest", **config, **_OURS})
        self._consumer.subscribe(list(topics), on_assign=self._assign, on_revoke=self._revoke, on_lost=self._revoke)

    def __iter__(self) -> Iterator[Message]:
        return self._messages

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Leaves the group, and commits nothing."""
        self._consumer.close()

    def commit(self) -> None:
        """Commits the positions after all messages handed out, and returns when the broker has them.

        Raises KafkaException if it does not take them, as when the group has given the partitions to another member,
        which then gets their messages again.
        """
        offsets = [TopicPartition(*partition, offset) for partition, offset in self._positions.items()]
        for committed in self._consumer.commit(offsets=offsets, asynchronous=False) or () if offsets else ():
            if committed.error:
                raise KafkaException(committed.error)

    def _read(self) -> Iterator[Message]:
        while not (self._until_end and self._assigned and self._ended >= self._starts.keys()):
            message = self._consumer.poll(0.5)
            if message is None:
                continue
            error, offset = message.error(), message.offset() or 0
            partition = (message.topic() or "", message.partition() or 0)
            if error and error.code() != KafkaError._PARTITION_EOF:
                raise KafkaException(error)
            if partition not in self._starts:
                continue  # It went to another member of the group meanwhile.
            if error:
                # The end is behind the markers of transactions, of which no message tells.
                self._ended.add(partition)
                self._positions[partition] = max(offset, self._starts[partition])
                continue
            self._ended.discard(partition)
            headers = cast(dict[str, bytes | None], dict(message.headers() or ()))
            origin = Origin.parse(headers.get("ee.origin"))
            first = self._filter is None or self._filter.is_first(*partition, origin)
            if offset >= self._starts[partition]:
                self._positions[partition] = offset + 1
                if first:
                    key, value, timestamp = message.key(), message.value(), message.timestamp()[1]
                    yield Message(*partition, offset, timestamp, key, value, headers, origin)

    def _assign(self, consumer: Consumer, partitions: list[TopicPartition]) -> None:
        start = []
        for at in consumer.committed(partitions, _TIMEOUT) if partitions else []:
            low, high = consumer.get_watermark_offsets(at, _TIMEOUT)
            # A position that the partition does not have (any more) is left to auto.offset.reset.
            known = low <= at.offset <= high
            self._starts[at.topic, at.partition] = at.offset if known else 0
            offset = max(low, at.offset - self._window) if known else OFFSET_INVALID
            start.append(TopicPartition(at.topic, at.partition, offset))
        consumer.assign(start)
        self._assigned = True

    def _revoke(self, _: Consumer, partitions: list[TopicPartition]) -> None:
        for at in partitions:
            partition = (at.topic, at.partition)
            self._starts.pop(partition, None)
            self._positions.pop(partition, None)
            self._ended.discard(partition)
            if self._filter:
                self._filter.forget(*partition)
