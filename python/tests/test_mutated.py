"""Hostile bytes: only the documented error, and memory in proportion to the input."""

import random
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embedding_export_reader import MalformedRecordError, read
from embedding_export_reader.wire import Cursor
from golden import MALFORMED, READ, WRITTEN

SEEDS = [bytes.fromhex(vector["hex"]) for vector in READ + WRITTEN + MALFORMED if len(vector["hex"]) < 4_000]
INTERESTING = [b"\x7f\xff\xff\xff", b"\x80\0\0\0", b"\xff\xff\xff\xff", b"\0\0\0\x01", b"\0\x01\0\0", b"\x0d\0\x09\x0a"]


def mutated(rng: random.Random) -> bytes:
    data = bytearray(rng.choice(SEEDS))
    for _ in range(rng.choice((1, 1, 2, 4))):
        at = rng.randrange(len(data) + 1)
        match rng.randrange(6):
            case 0 if at < len(data):
                data[at] ^= 1 << rng.randrange(8)
            case 1 if at < len(data):
                data[at] = rng.choice((0, 1, 2, 3, 4, 8, 10, 11, 12, 13, 14, 15, 127, 255))
            case 2:
                data[at : at + 4] = rng.choice(INTERESTING)
            case 3:
                del data[at:]
            case 4:
                del data[at : at + rng.randrange(16)]
            case _:
                other = rng.choice(SEEDS)
                start = rng.randrange(len(other) + 1)
                data[at:at] = other[start : start + rng.randrange(64)]
    return bytes(data)


def is_read(data: bytes) -> bool:
    try:
        read(data)
    except MalformedRecordError as e:
        assert e.reason and 0 <= e.offset <= len(data), f"{e!r}: {data.hex()}"
        return False
    return True


def test_mutated_records_give_the_documented_error_and_bounded_memory(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The peak that tracemalloc sees, numpy's arrays included, is at most 4 x input + 1 KiB, plus Python's own objects:
    12 KiB for the frames, tables and error of one read, and 64 bytes for each value that was reached in the input."""
    values = 0

    def counting(self: Cursor, count: int) -> int:
        nonlocal values
        values += 1
        return skip(self, count)

    skip = Cursor.skip
    monkeypatch.setattr(Cursor, "skip", counting)
    rng, count = random.Random(request.config.getoption("--mutated-seed")), request.config.getoption("--mutated")
    accepted = 0
    for seed in SEEDS:  # Fills the caches of numpy, struct and the interpreter.
        is_read(seed)
    tracemalloc.start()
    try:
        for _ in range(count):
            data = mutated(rng)
            values, before = 0, tracemalloc.get_traced_memory()[0]
            tracemalloc.reset_peak()
            accepted += is_read(data)
            used, objects = tracemalloc.get_traced_memory()[1] - before, 12 * 1024 + 64 * values
            assert used <= 4 * len(data) + 1024 + objects, f"{used} bytes, {values} values: {data.hex()}"
    finally:
        tracemalloc.stop()
    assert count // 50 < accepted < count


@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_refused_or_read(data: bytes) -> None:
    is_read(data)


def test_a_count_is_compared_with_the_input_before_anything_is_allocated() -> None:
    million = "000f4240"
    for record in (f"0e 0001 0a {million}", f"0d 0008 0a 0c {million}", f"0d 0007 0a 0b 00000001 {0:016x} {million}"):
        tracemalloc.start()
        with pytest.raises(MalformedRecordError, match="a count of 1000000 takes at least"):
            read(bytes.fromhex(record))
        assert tracemalloc.get_traced_memory()[1] < 10_000
        tracemalloc.stop()
