"""A batch has what reading its records one by one has."""

import random
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embedding_export_reader import MalformedRecordError, batch, read

KEY, OTHER = 7301, -5


def raw(key: int, values: list[float], dtype: int = 0) -> bytes:
    payload = np.array(values, "<f8" if dtype else "<f4").tobytes()
    head = struct.pack(">qBhBhiBhi", key, 12, 1, 8, 1, dtype, 11, 2, len(payload))
    return head + payload + struct.pack(">BhBiq", 15, 3, 10, 1, len(values)) + b"\0\0"


def typed(key: int, values: list[float]) -> bytes:
    return (
        struct.pack(">qBhBhBi", key, 12, 5, 15, 1, 4, len(values)) + struct.pack(f">{len(values)}d", *values) + b"\0\0"
    )


def record(*tensors: bytes, discrete: int | None = None) -> bytes:
    features = b"" if discrete is None else struct.pack(">BhBBiqq", 13, 3, 10, 10, 1, 99, discrete)
    return features + struct.pack(">BhBBi", 13, 8, 10, 12, len(tensors)) + b"".join(tensors) + b"\0"


def one_by_one(records: list[bytes], key: int = KEY) -> list[list[float]]:
    return [read(item).tensors[key].tolist() for item in records]


def vectors(seed: int, count: int) -> list[list[float]]:
    return np.random.default_rng(seed).standard_normal((count, 3), np.float32).tolist()  # type: ignore[no-any-return]


def test_records_of_one_layout() -> None:
    records = [record(raw(KEY, values)) for values in vectors(1, 20_000)]
    result = batch(records, KEY)
    assert result.shape == (20_000, 3)
    assert result.dtype == np.float32
    assert result.tolist() == one_by_one(records)


def test_payloads_beside_the_tensor_may_differ() -> None:
    rows = vectors(2, 500)
    records = [record(raw(OTHER, row[::-1]), raw(KEY, row), discrete=i) for i, row in enumerate(rows)]
    assert batch(records, KEY).tolist() == rows
    assert batch(records, OTHER).tolist() == [row[::-1] for row in rows]


def test_other_layouts_are_read_where_they_stand() -> None:
    rng, records = random.Random(3), []
    for row in vectors(3, 3_000):
        two = record(raw(OTHER, row), raw(KEY, row))
        records.append(
            rng.choice((record(raw(KEY, row)), record(typed(KEY, row)), two, record(raw(KEY, row), discrete=1)))
        )
    assert batch(records, KEY).tolist() == one_by_one(records)
    ordered = sorted(records, key=len)
    assert batch(ordered, KEY).tolist() == one_by_one(ordered)


@given(st.lists(st.sampled_from([0, 1, 2]), min_size=1, max_size=40), st.integers(0, 2**32))
def test_any_mixture_has_what_its_records_have(forms: list[int], seed: int) -> None:
    makers = (lambda r: record(raw(KEY, r)), lambda r: record(typed(KEY, r)), lambda r: record(raw(KEY, r), discrete=7))
    records = [makers[form](row) for form, row in zip(forms, vectors(seed, len(forms)), strict=True)]
    assert batch(records, KEY).tolist() == one_by_one(records)


@pytest.mark.parametrize("key", [KEY, OTHER])
def test_a_change_of_any_byte_has_the_effect_it_has_on_reading(key: int) -> None:
    """No byte is taken on trust: each is changed in each of its bits, in a record among sound ones."""
    sound = record(raw(OTHER, [1, 2]), raw(KEY, [3, 4, 5]), discrete=6)
    for at in range(len(sound)):
        for bit in range(8):
            changed = bytearray(sound)
            changed[at] ^= 1 << bit
            records = [sound, bytes(changed), sound]
            try:
                expected = read(records[1]).tensors[key]
            except (MalformedRecordError, KeyError) as e:
                with pytest.raises(type(e)) as refused:
                    batch(records, key)
                assert refused.value.__notes__ == [f"record 1 of the batch, key {key}"]
                assert str(refused.value) == str(e)
                continue
            first = read(sound).tensors[key]
            if (expected.shape, expected.dtype) == (first.shape, first.dtype):
                assert batch(records, key)[1].tobytes() == expected.tobytes()
            else:
                with pytest.raises(ValueError, match="record 1 has"):
                    batch(records, key)


def test_what_is_no_batch_is_refused() -> None:
    sound = record(raw(KEY, [1, 2]))
    with pytest.raises(ValueError, match="no records"):
        batch([], KEY)
    with pytest.raises(KeyError):
        batch([sound], OTHER)
    with pytest.raises(ValueError, match=r"record 1 has .*\(3,\)"):
        batch([sound, record(raw(KEY, [1, 2, 3]))], KEY)
    with pytest.raises(ValueError, match=r"record 1 has .*float64"):
        batch([sound, record(raw(KEY, [1, 2], dtype=1))], KEY)
    text = "0d 0008 0a 0c 00000001 0000000000001c85 0c 0002 0f 0001 0b 00000001 00000001 61 00 00 00"
    with pytest.raises(ValueError, match="strings"):
        batch([bytes.fromhex(text)], KEY)


def test_a_typed_layout_is_converted() -> None:
    records = [record(typed(KEY, row)) for row in vectors(4, 100)]
    assert batch(records, KEY).tolist() == one_by_one(records)
    assert batch([record(typed(KEY, [1e300]))] * 2, KEY).tolist() == [[np.inf]] * 2
