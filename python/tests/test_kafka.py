"""The consumer against the broker of bin/embedding-export."""

import time
import uuid
from collections.abc import Sequence
from threading import Thread

import pytest
from confluent_kafka import Consumer, ConsumerGroupState, KafkaException, Producer, TopicPartition
from confluent_kafka.admin import AdminClient
from confluent_kafka.cimpl import NewTopic

from embedding_export_reader.kafka import Message, RecordConsumer

Sent = tuple[str | None, str | None]  # Value and origin.


class Topic:
    """A topic of two partitions and a group of its own."""

    def __init__(self, broker: str) -> None:
        self.broker, self.name = broker, f"records-{uuid.uuid4().hex[:8]}"
        self.client: dict[str, str | int | float | bool] = {"bootstrap.servers": broker}
        self.admin = AdminClient(self.client)
        for future in self.admin.create_topics([NewTopic(self.name, 2, 1)]).values():
            future.result(30)

    def send(self, sent: Sequence[Sent], partition: int = 0, abort: bool = False) -> None:
        """One transaction."""
        producer = Producer(self.client | {"transactional.id": uuid.uuid4().hex})
        producer.init_transactions(30)
        producer.begin_transaction()
        for value, origin in sent:
            headers: list[tuple[str, str | bytes | None]] = [("ee.origin", b"no origin")]
            if origin is not None:
                headers.append(("ee.origin", origin.encode()))
            producer.produce(self.name, value and value.encode(), b"key", partition, headers=headers)
        producer.flush(30)
        producer.abort_transaction(30) if abort else producer.commit_transaction(30)

    def records(self, window: int = 1 << 16, until_end: bool = True) -> RecordConsumer:
        return RecordConsumer(self.client | {"group.id": self.name}, [self.name], window, until_end)

    def all(self, window: int = 1 << 16, commit: bool = True) -> list[Message]:
        with self.records(window) as messages:
            found = list(messages)
            if commit:
                messages.commit()
        return found

    def lags(self) -> list[int]:
        """End less position of each partition; -1001 without a position."""
        consumer = Consumer(self.client | {"group.id": self.name})
        partitions = [TopicPartition(self.name, partition) for partition in range(2)]
        ends = [consumer.get_watermark_offsets(partition, 30)[1] for partition in partitions]
        lags = [end - at.offset for end, at in zip(ends, consumer.committed(partitions, 30), strict=True)]
        consumer.close()
        return lags


@pytest.fixture
def topic(broker: str) -> Topic:
    return Topic(broker)


def values(messages: Sequence[Message]) -> list[str | None]:
    return [message.value and message.value.decode() for message in messages]  # type: ignore[misc]


def numbered(first: int, end: int) -> list[Sent]:
    return [(str(offset), f"user@1 events:0:{offset}") for offset in range(first, end)]


def test_committed_messages_are_given_and_the_lag_reaches_0(topic: Topic) -> None:
    topic.send([("a", "user@2 events:0:7#1"), (None, "events:0:8")])
    topic.send([("aborted", None)], abort=True)
    topic.send([("b", None)], partition=1)
    topic.send([("aborted", None)], partition=1, abort=True)

    found = sorted(topic.all(), key=lambda message: (message.partition, message.offset))

    assert values(found) == ["a", None, "b"]
    first, tombstone, _ = found
    assert (first.key, first.offset, first.headers) == (b"key", 0, {"ee.origin": b"user@2 events:0:7#1"})
    assert abs(first.timestamp / 1000 - time.time()) < 600
    assert first.origin == ("user", 2, "events", 0, 7, 1)
    assert tombstone.origin == (None, 0, "events", 0, 8, None)
    assert topic.lags() == [0, 0], "the positions are behind the markers"
    assert topic.all() == []


def test_a_start_goes_on_at_the_position_and_not_before_it(topic: Topic) -> None:
    topic.send(numbered(0, 10))
    with topic.records() as messages:
        for message in messages:
            if message.value == b"3":
                messages.commit()
            if message.value == b"6":
                break
    assert values(topic.all(commit=False)) == [str(offset) for offset in range(4, 10)]
    assert values(topic.all()) == [str(offset) for offset in range(4, 10)]
    topic.send(numbered(10, 12))
    assert values(topic.all()) == ["10", "11"]


@pytest.mark.parametrize("again", [0, 3])
def test_repeats_are_dropped_also_across_a_start(topic: Topic, again: int) -> None:
    topic.send(numbered(0, 5) + numbered(2, 6))
    assert values(topic.all()) == [str(offset) for offset in range(6)]
    topic.send(numbered(again, 8))
    assert values(topic.all()) == ["6", "7"]
    assert topic.lags()[0] == 0


def test_without_a_window_repeats_are_given(topic: Topic) -> None:
    topic.send(numbered(0, 2) + numbered(1, 2))
    assert values(topic.all(window=0)) == ["0", "1", "1"]


def test_a_repeat_before_the_window_is_given(topic: Topic) -> None:
    topic.send(numbered(0, 10) + numbered(0, 1) + numbered(9, 10))
    assert values(topic.all(window=4))[10:] == ["0"]


def test_a_position_that_the_partition_does_not_have_is_left_to_the_reset(topic: Topic) -> None:
    topic.send(numbered(0, 3))
    consumer = Consumer(topic.client | {"group.id": topic.name})
    consumer.commit(offsets=[TopicPartition(topic.name, 0, 1_000)], asynchronous=False)
    consumer.close()
    assert values(topic.all()) == ["0", "1", "2"]


def test_a_partition_that_moves_to_another_member_goes_on_there(topic: Topic) -> None:
    found: list[list[Message]] = [[], []]

    def until_stop(into: list[Message]) -> None:
        with topic.records(until_end=False) as messages:
            for message in messages:
                messages.commit()
                if message.value == b"stop":
                    return
                into.append(message)

    def members() -> int:
        try:
            group = topic.admin.describe_consumer_groups([topic.name])[topic.name].result(30)
        except KafkaException:  # There is no such group yet.
            return 0
        return len(group.members) if group.state == ConsumerGroupState.STABLE else 0

    def wait_for_members(count: int) -> None:
        deadline = time.monotonic() + 60
        while members() != count:
            assert time.monotonic() < deadline, f"the group has {members()} members, not {count}"

    for partition in (0, 1):
        topic.send([(f"{partition}-before", None)], partition)
    threads = [Thread(target=until_stop, args=(into,), daemon=True) for into in found]
    for count, thread in enumerate(threads, 1):
        thread.start()
        wait_for_members(count)
    for partition in (0, 1):
        topic.send([(f"{partition}-after", None), ("stop", None)], partition)
    for thread in threads:
        thread.join(60)
    assert sorted(values(found[0] + found[1]), key=str) == ["0-after", "0-before", "1-after", "1-before"]
    assert {messages[-1].value for messages in found} == {b"0-after", b"1-after"}, "each has a partition"


def test_a_property_that_the_guarantees_need_otherwise_is_refused() -> None:
    for name, value in {"isolation.level": "read_uncommitted", "enable.auto.commit": True}.items():
        with pytest.raises(ValueError, match=f"{name} = {value}: the consumer needs"):
            RecordConsumer({"bootstrap.servers": "none", "group.id": "g", name: value}, ["t"])
