"""The tensors of many records under one key, as one array."""

from collections.abc import Sequence
from itertools import chain, pairwise

import numpy as np

from .record import Array, RecordReader

_CHUNK_BYTES = 1 << 19  # Joined records stay in the processor's cache.


class _Layout:
    """What the records of one key config have in common with this one: the length, and every byte that decides how the
    others are read. A record that agrees in both is as well-formed as this one."""

    def __init__(self, record: bytes, key: int, index: int) -> None:
        try:
            reader = RecordReader(record)
            reader.read()
            self.tensor = reader.tensors[key]
        except (ValueError, KeyError) as e:
            e.add_note(f"record {index} of the batch, key {key}")
            raise
        edges = [0, *chain.from_iterable(sorted(reader.free)), len(record)]
        self.fixed = [(start, np.void(record[start:end])) for start, end in list(pairwise(edges))[::2] if start < end]
        self.length = len(record)
        self.form = (self.tensor.wire.shape, self.tensor.dtype)

    def copy(self, records: Sequence[bytes], out: Array) -> list[int]:
        """Puts the tensors of the records that agree into ``out``, and returns the indices of the others."""
        same = np.fromiter(map(len, records), np.int64, len(records)) == self.length
        rows = np.flatnonzero(same)
        joined = b"".join(records if same.all() else [records[row] for row in rows.tolist()])
        agree = np.ones(len(rows), bool)
        for start, expected in self.fixed:
            agree &= np.ndarray(agree.shape, expected.dtype, joined, start, (self.length,)) == expected
        wire = self.tensor.wire
        found = np.ndarray((len(rows), *wire.shape), wire.dtype, joined, self.tensor.at, (self.length, *wire.strides))
        with np.errstate(over="ignore", invalid="ignore"):
            if len(rows) == len(records) and agree.all():
                out[...] = found
                return []
            out[rows[agree]] = found[agree]
        same[rows] = agree
        return np.flatnonzero(~same).tolist()


def batch(records: Sequence[bytes], key: int) -> Array:
    """The tensors under ``key`` as one array of shape (records, *shape of a tensor), which is (n, d) for vectors.

    Records with the layout of the first are compared with it in bulk, in every byte but the payloads, and copied at
    once. The others are read one by one. All need one shape and element type; their encodings may differ.

    Raises MalformedRecordError for bytes that ``read`` refuses, KeyError if a record has no tensor under the key, and
    ValueError for another shape or type, for strings, and for no records. A note says which record.
    """
    if not records:
        raise ValueError("a batch of no records has no shape")
    first = layout = _Layout(records[0], key, 0)
    shape, dtype = first.form
    if dtype.hasobject:
        raise ValueError(f"the tensor under key {key} has strings")
    out = np.empty((len(records), *shape), dtype)
    size = max(1, _CHUNK_BYTES // first.length)
    for start in range(0, len(records), size):
        chunk, rows = records[start : start + size], out[start : start + size]
        others = layout.copy(chunk, rows)
        for row in others:
            other = _Layout(chunk[row], key, start + row)
            if other.form != first.form:
                raise ValueError(f"record {start + row} has {other.form} under key {key}; the first has {first.form}")
            rows[row] = other.tensor.array()
        if 2 * len(others) > len(chunk):
            layout = other  # Most records now have another layout.
    return out
