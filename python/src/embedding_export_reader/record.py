"""DataRecords (thrift/datarecord.thrift). The schema bounds the nesting, so no input can deepen it."""

import math
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .wire import BOOL, DOUBLE, I32, I64, LIST, MAP, SET, STRING, STRUCT, Buffer, Cursor, MalformedRecordError, T

Array = NDArray[Any]
Shape = tuple[int, ...]

_OPAQUE = 5  # A raw tensor of STRING: nothing in it marks where a string ends.
_MAX_RANK = 64  # numpy's
# Element types on the wire, and as given to the caller. A bool on the wire is any byte; only 0 is false.
_RAW = {0: ("<f4", "<f4"), 1: ("<f8", "<f8"), 2: ("<i4", "<i4"), 3: ("<i8", "<i8"), 4: ("u1", "u1"), 7: ("u1", "?")}
_TYPED = {3: (I32, ">i4", "<i4"), 4: (I64, ">i8", "<i8"), 5: (DOUBLE, ">f8", "<f4"), 6: (DOUBLE, ">f8", "<f8")}
_TYPED |= {7: (BOOL, "u1", "?")}


@dataclass(frozen=True, slots=True)
class SparseTensor:
    """Coordinate form: element i of ``values`` is at the i-th tuple of ``indices``; all others are zero."""

    dense_shape: Shape | None
    indices: Array
    values: Array


@dataclass(frozen=True, slots=True)
class DataRecord:
    """The nine fields of a record by int64 key, empty if absent. Strings are bytes: they need not be UTF-8."""

    binary_features: set[int] = field(default_factory=set)
    continuous_features: dict[int, float] = field(default_factory=dict)
    discrete_features: dict[int, int] = field(default_factory=dict)
    string_features: dict[int, bytes] = field(default_factory=dict)
    sparse_binary_features: dict[int, set[bytes]] = field(default_factory=dict)
    sparse_continuous_features: dict[int, dict[bytes, float]] = field(default_factory=dict)
    blob_features: dict[int, bytes] = field(default_factory=dict)
    tensors: dict[int, Array] = field(default_factory=dict)
    sparse_tensors: dict[int, SparseTensor] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Dense:
    """A tensor as it is on the wire: ``at`` is where its elements begin, ``count`` the number its shape says."""

    wire: Array
    dtype: np.dtype[Any]
    at: int
    count: int

    def array(self) -> Array:
        if self.wire.dtype == self.dtype:
            return self.wire
        with np.errstate(over="ignore", invalid="ignore"):
            return self.wire.astype(self.dtype)


def read(data: Buffer) -> DataRecord:
    """Reads exactly one record. Thread-safe.

    Raw numeric tensors are views of ``data``: read-only if that is bytes, and not always aligned. Typed tensors and
    BOOL are converted copies; the doubles of a FloatTensor are rounded to float32. String tensors are object arrays of
    bytes. A raw tensor of STRING is opaque, so it is its bytes as a vector of uint8.

    Raises MalformedRecordError where the Java reader refuses the bytes, and for a shape that numpy cannot hold.
    """
    return RecordReader(data).read()


class RecordReader(Cursor):
    """Reads one record and notes what ``batch`` needs: the tensors as they are on the wire, and in ``free`` the bytes
    (from, to) that may have any value without a change to how the others are read."""

    def __init__(self, data: Buffer) -> None:
        super().__init__(data)
        self.free: list[tuple[int, int]] = []
        self.tensors: dict[int, Dense] = {}
        self.record = DataRecord()

    def read(self) -> DataRecord:
        into = self.record
        i64s, texts = (I64, I64), (I64, STRING)
        fields: dict[int, Any] = {
            2: lambda: into.continuous_features.update(self._numbers((I64, DOUBLE), self.i64, self._free_double)),
            3: lambda: into.discrete_features.update(self.pairs(i64s, self.i64, self._free_i64)),
            4: lambda: into.string_features.update(self.pairs(texts, self.i64, self.binary)),
            5: lambda: _merge(into.sparse_binary_features, self.pairs((I64, SET), self.i64, self._texts)),
            6: lambda: _merge(into.sparse_continuous_features, self.pairs((I64, MAP), self.i64, self._weights)),
            7: lambda: into.blob_features.update(self.pairs(texts, self.i64, self.binary)),
            8: lambda: _first_wins(self.tensors, self.pairs((I64, STRUCT), self.i64, self._dense)),
            9: lambda: _first_wins(into.sparse_tensors, self.pairs((I64, STRUCT), self.i64, self._sparse)),
        }
        types = {number: (MAP, read) for number, read in fields.items()}
        types[1] = (SET, lambda: into.binary_features.update(self.i64() for _ in range(self.header(I64))))
        self.struct("DataRecord", types)
        if self.at < len(self.data):
            raise MalformedRecordError("trailing-bytes", self.at, f"{len(self.data) - self.at} bytes follow the stop")
        into.tensors.update((key, tensor.array()) for key, tensor in self.tensors.items())
        return into

    def _free_i64(self) -> int:
        self.free.append((self.at, self.at + 8))
        return self.i64()

    def _free_double(self) -> float:
        self.free.append((self.at, self.at + 8))
        return self.double()

    def _texts(self) -> set[bytes]:
        return {self.binary() for _ in range(self.header(STRING))}

    def _weights(self) -> dict[bytes, float]:
        return dict(self._numbers((STRING, DOUBLE), self.binary, self.double))

    def _numbers(self, types: tuple[int, int], key: Any, value: Callable[[], float]) -> Iterator[tuple[Any, float]]:
        return (pair for pair in self.pairs(types, key, value) if not math.isnan(pair[1]))

    def _dense(self) -> Dense:
        forms = {1: self._raw, 2: self._strings} | {form: partial(self._typed, form) for form in _TYPED}
        tensor = self.union("GeneralTensor", forms)
        if tensor.dtype != object:
            self.free.append((tensor.at, tensor.at + tensor.wire.nbytes))
        return tensor

    def _raw(self) -> Dense:
        start = self.at
        name, parts = "RawTypedTensor", {1: "dataType", 2: "content", 3: "shape"}
        found = self.struct(name, {1: (I32, self._code), 2: (STRING, self.span), 3: (LIST, self._shape)})
        code, (at, length), shape = _required(start, name, found, parts, 1, 2)
        if code == _OPAQUE:
            if not shape:
                _required(start, f"{name} of STRING", {}, parts, 3)
            return Dense(self._view("u1", at, (length,)), np.dtype("u1"), at, math.prod(shape))
        wire, dtype = _RAW[code]
        size = np.dtype(wire).itemsize
        if length % size:
            raise _contradiction(at, f"{length} bytes are no whole number of elements of {size} bytes")
        return Dense(self._view(wire, at, _dims(start, shape, length // size)), np.dtype(dtype), at, length // size)

    def _code(self) -> int:
        code = int(self.unpack(">i", 4))
        if code not in _RAW and code != _OPAQUE:
            raise MalformedRecordError("unknown-data-type", self.at - 7, f"no supported DataType has number {code}")
        return code

    def _typed(self, form: int) -> Dense:
        element, wire, dtype = _TYPED[form]
        start, at, count, shape = self._list(element, np.dtype(wire).itemsize)
        return Dense(self._view(wire, at, _dims(start, shape, count)), np.dtype(dtype), at, count)

    def _strings(self) -> Dense:
        start, at, count, shape = self._list(STRING, 0)
        dims, end, self.at = _dims(start, shape, count), self.at, at
        array = np.empty(count, object)
        for i in range(count):
            array[i] = self.binary()
        self.at = end
        return Dense(_held(start, lambda: array.reshape(dims)), array.dtype, at, count)

    def _list(self, element: int, size: int) -> tuple[int, int, int, Shape | None]:
        """Where a tensor and its elements begin, the number of elements, and the shape; size 0 for strings."""

        def elements() -> tuple[int, int]:
            count = self.header(element)
            at = self.skip(count * size)
            for _ in range(0 if size else count):
                self.span()
            return at, count

        start, name = self.at, "a tensor of a list"
        found = self.struct(name, {1: (LIST, elements), 2: (LIST, self._shape)})
        (at, count), shape = _required(start, name, found, {1: "elements", 2: "shape"}, 1)
        return start, at, count, shape

    def _extents(self) -> Shape:
        rank = self.header(I64)
        extents: Shape = struct.unpack_from(f">{rank}q", self.data, self.skip(8 * rank))
        return extents

    def _shape(self) -> Shape:
        at, shape = self.at + 5, self._extents()
        if min(shape, default=0) < 0 or len(shape) > _MAX_RANK or math.prod(shape) >= 1 << 31:
            raise _contradiction(at, f"a negative extent, 2^31 elements or more, or more than {_MAX_RANK} extents")
        return shape

    def _view(self, dtype: str, at: int, shape: Shape) -> Array:
        return _held(at, lambda: np.ndarray(shape, dtype, self.data, at))

    def _sparse(self) -> SparseTensor:
        return self.union("SparseTensor", {1: self._coo})

    def _coo(self) -> SparseTensor:
        start, name, parts = self.at, "COOSparseTensor", {1: "denseShape", 2: "indices", 3: "values"}
        indices_of = partial(self._typed, 4)
        fields: dict[int, Any] = {1: (LIST, self._extents), 2: (STRUCT, indices_of), 3: (STRUCT, self._dense)}
        dense_shape, indices, values = _required(start, name, self.struct(name, fields), parts, 2, 3)
        found, count, flat = indices.count, values.count, indices.wire.ravel()
        if dense_shape is None:
            agree = found % count == 0 if count else found == 0
        else:
            agree = found == count * len(dense_shape) and min(dense_shape, default=0) >= 0
            agree = agree and bool(((flat >= 0) & (flat < np.resize(dense_shape, found))).all())
        if not agree:
            raise _contradiction(start, f"{found} indices, {count} values and the dense shape do not fit")
        return SparseTensor(dense_shape, indices.array(), values.array())


def _required(at: int, name: str, found: dict[int, Any], parts: dict[int, str], *required: int) -> list[Any]:
    """Value of each part, None for one that is missing."""
    for part in required:
        if part not in found:
            raise MalformedRecordError("missing-field", at, f"{name} lacks its required field {parts[part]}")
    return [found.get(part) for part in parts]


def _contradiction(at: int, detail: str) -> MalformedRecordError:
    return MalformedRecordError("shape-contradicts-content", at, detail)


def _dims(at: int, shape: Shape | None, count: int) -> Shape:
    if shape is not None and math.prod(shape) != count:
        raise _contradiction(at, f"a shape of {math.prod(shape)} elements on a tensor of {count}")
    return (count,) if shape is None else shape


def _held(at: int, make: Callable[[], Array]) -> Array:
    try:
        return make()
    except ValueError as e:  # An empty array can have extents too large for numpy.
        raise _contradiction(at, "numpy cannot hold the shape") from e


def _merge(into: dict[int, Any], pairs: Iterator[tuple[int, Any]]) -> None:
    for key, values in pairs:
        into.setdefault(key, values).update(values)


def _first_wins(into: dict[int, T], pairs: Iterator[tuple[int, T]]) -> None:
    for key, value in pairs:
        into.setdefault(key, value)
