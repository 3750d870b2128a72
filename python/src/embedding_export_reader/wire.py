"""A cursor over TBinaryProtocol that trusts no length.

struct = (field)* 00
field  = type:u8 id:i16 value
list   = type:u8 count:i32 value*            (set alike)
map    = key:u8 value:u8 count:i32 (value value)*
string = length:i32 byte*                    all integers big-endian
"""

import struct
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

Buffer = bytes | bytearray | memoryview
T = TypeVar("T")

STOP, BOOL, DOUBLE, I32, I64, STRING, STRUCT, MAP, SET, LIST = 0, 2, 4, 8, 10, 11, 12, 13, 14, 15
_MIN_BYTES = {BOOL: 1, DOUBLE: 8, I32: 4, I64: 8, STRING: 4, STRUCT: 1, MAP: 6, SET: 5}


class MalformedRecordError(ValueError):
    """Bytes that are not exactly one well-formed record.

    ``reason`` is one of the names that docs/adr/0007 and the Java reader use, such as ``trailing-bytes``; ``offset``
    is the byte where the problem is. The message never has the payload.
    """

    def __init__(self, reason: str, offset: int, detail: str) -> None:
        super().__init__(reason, offset, detail)  # All of them, so that it can be pickled.
        self.reason, self.offset, self.detail = reason, offset, detail

    def __str__(self) -> str:
        return f"byte {self.offset}: {self.detail}"


class Cursor:
    """Compares every count with the bytes that remain before anything is allocated for it."""

    def __init__(self, data: Buffer) -> None:
        self.data = memoryview(data).cast("B")
        self.at = 0

    def skip(self, count: int) -> int:
        """Moves forward by ``count`` bytes, and returns where they begin."""
        at, remaining = self.at, len(self.data) - self.at
        if count > remaining:
            raise MalformedRecordError("truncated", at, f"needs {count} bytes, {remaining} remain")
        self.at = at + count
        return at

    def unpack(self, form: str, size: int) -> Any:
        return struct.unpack_from(form, self.data, self.skip(size))[0]

    def byte(self) -> int:
        return self.data[self.skip(1)]

    def i64(self) -> int:
        return int(self.unpack(">q", 8))

    def double(self) -> float:
        return float(self.unpack(">d", 8))

    def count(self, min_bytes: int) -> int:
        """A count of values that take at least ``min_bytes`` each."""
        at, count = self.at, int(self.unpack(">i", 4))
        need, remaining = count * min_bytes, len(self.data) - self.at
        if count < 0:
            raise MalformedRecordError("negative-length", at, f"length or count is {count}")
        if need > remaining:
            detail = f"a count of {count} takes at least {need} bytes, {remaining} remain"
            raise MalformedRecordError("length-exceeds-input", at, detail)
        return count

    def header(self, *types: int) -> int:
        """The count in the header of a list or set (one type) or a map (two)."""
        for expected in types:
            _expect(self.at, self.byte(), expected)
        return self.count(sum(_MIN_BYTES[expected] for expected in types))

    def span(self) -> tuple[int, int]:
        """Where a string's bytes begin, and their number."""
        length = self.count(1)
        return self.skip(length), length

    def binary(self) -> bytes:
        at, length = self.span()
        return bytes(self.data[at : at + length])

    def pairs(self, types: tuple[int, int], key: Callable[[], Any], value: Callable[[], T]) -> Iterator[tuple[Any, T]]:
        """The entries of a map."""
        for _ in range(self.header(*types)):
            yield key(), value()

    def struct(self, name: str, fields: Mapping[int, tuple[int, Callable[[], Any]]]) -> dict[int, Any]:
        """Value by field id; ``fields`` has the type of each, and what reads it. The last of repeated ones counts."""
        found = {}
        at, kind = self.at, self.byte()
        while kind != STOP:
            field = self._field(at, kind, name, fields)
            found[field] = fields[field][1]()
            at, kind = self.at, self.byte()
        return found

    def union(self, name: str, forms: Mapping[int, Callable[[], T]]) -> T:
        """The one field of a union of structs."""
        at, kind = self.at, self.byte()
        if kind != STOP:
            value = forms[self._field(at, kind, name, dict.fromkeys(forms, (STRUCT, None)))]()
            at, kind = self.at, self.byte()
            if kind == STOP:
                return value
        raise MalformedRecordError("union-arity", at, f"a {name} has exactly one field")

    def _field(self, at: int, kind: int, name: str, fields: Mapping[int, tuple[int, Any]]) -> int:
        field = int(self.unpack(">h", 2))
        if field not in fields:
            raise MalformedRecordError("unknown-field", at, f"{name} has no field {field}")
        _expect(at, kind, fields[field][0])
        return field


def _expect(at: int, found: int, expected: int) -> None:
    if found != expected:
        raise MalformedRecordError("wrong-type", at, f"Thrift type {found} where {expected} belongs")
