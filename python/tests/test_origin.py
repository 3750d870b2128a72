"""The cases of the Java tests OriginTest and DuplicateFilterTest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embedding_export_reader import DuplicateFilter, Origin


def test_every_part_is_read() -> None:
    assert Origin.parse(b"user@2 embedding-events:1:24771") == Origin("user", 2, "embedding-events", 1, 24_771, None)
    assert Origin.parse(b"user@2 events:1:7#3") == Origin("user", 2, "events", 1, 7, 3)
    assert Origin.parse(b"events:1:7") == Origin(None, 0, "events", 1, 7, None)
    assert Origin.parse(b"a b@c @9 t.x:0:0") == Origin("a b@c ", 9, "t.x", 0, 0, None)


@given(st.text(), st.integers(0, 2**63 - 1), st.integers(0, 2**31 - 1), st.integers(0, 2**63 - 1))
def test_parse_is_the_inverse_of_writing(model: str, version: int, partition: int, offset: int) -> None:
    text = f"{model}@{version} events:{partition}:{offset}#4".encode(errors="replace")
    model = model.encode(errors="replace").decode()
    assert Origin.parse(text) == Origin(model, version, "events", partition, offset, 4)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", ":", "::", "7", "events", "user@2", "user events:0:1", "@ events:0:1x", "events:0", "events::1"),
        *(":0:1", "events:0:-1", "events:0:", "events:x:1", "events:0:99999999999999999999", "u@x events:0:1"),
        *("events:0:9999999999999999999", "u@-1 events:0:1", "u@+5 events:0:1", "u@ events:0:1", "events:0:1#"),
        *("u@99999999999999999999 events:0:1", "events:0:1#99999999999", "events:99999999999:1", "events:0:1\n"),
    ],
)
def test_what_is_no_origin_is_none_and_passes_the_filter(text: str) -> None:
    assert Origin.parse(text.encode()) is None
    assert DuplicateFilter(1).is_first("records", 0, None)
    assert Origin.parse(None) is None


class Repeats:
    """A filter that is asked with the header's text."""

    def __init__(self, window: int = 1000) -> None:
        self.filter = DuplicateFilter(window)

    def is_first(self, text: str, partition: int = 0, topic: str = "records") -> bool:
        return self.filter.is_first(topic, partition, Origin.parse(text.encode()))


def test_a_job_that_goes_back_writes_each_input_first_once() -> None:
    repeats = Repeats()
    assert all(repeats.is_first(f"events:0:{offset}") for offset in range(500))
    assert [offset for offset in range(300, 700) if repeats.is_first(f"events:0:{offset}")] == list(range(500, 700))


def test_a_gap_that_is_written_later_is_first() -> None:
    repeats = Repeats()
    assert [repeats.is_first(f"events:0:{offset}") for offset in (1, 4, 2, 4)] == [True, True, True, False]


def test_what_is_before_the_window_counts_as_new() -> None:
    repeats = Repeats(100)
    assert [repeats.is_first(f"events:0:{offset}") for offset in (5, 104, 5, 105, 5, 5)] == [True, True, False] + [
        True
    ] * 3


def test_partitions_topics_and_items_are_apart() -> None:
    repeats = Repeats()
    for source in ("events:0:7", "events:1:7", "event:0:7", "events:10:7", "events:0:7#0", "events:0:7#1"):
        for partition in range(3):
            assert repeats.is_first(source, partition)
            assert repeats.is_first(source, partition, "other")
            assert not repeats.is_first(source, partition)
    assert not repeats.is_first("user@2 events:0:7#1"), "under another version"


def test_a_partition_that_is_forgotten_is_new() -> None:
    repeats = Repeats()
    assert repeats.is_first("events:0:7", 0) and repeats.is_first("events:0:7", 1)
    repeats.filter.forget("records", 0)
    assert repeats.is_first("events:0:7", 0) and not repeats.is_first("events:0:7", 1)


def test_a_window_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="window = 0: must be 1 or more"):
        DuplicateFilter(0)


@given(st.lists(st.integers(0, 60), max_size=200), st.integers(1, 80))
def test_the_ring_remembers_exactly_the_window(offsets: list[int], window: int) -> None:
    repeats, seen, greatest = Repeats(window), set[int](), -1
    for offset in offsets:
        expected = offset <= greatest - window or offset not in seen
        assert repeats.is_first(f"events:0:{offset}") == expected
        seen.add(offset)
        greatest = max(greatest, offset)
