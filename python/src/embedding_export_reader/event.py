"""Writes events (docs/events/own-form.md): the Thrift and the JSON form."""

import base64
import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from .record import _RAW, Array

_NAMES = ["FLOAT", "DOUBLE", "INT32", "INT64", "UINT8", "STRING", "BYTE", "BOOL"]
_STRING = 5
_CODES = {np.dtype(dtype): code for code, (_, dtype) in _RAW.items()}


@dataclass(frozen=True)
class Event:
    """One event: tensors by position (a sequence) or by name (a mapping).

    A tensor is anything of which numpy makes an array of float32, float64, int32, int64, uint8, bool, bytes or str. For
    another type the encoders raise TypeError, since the job would refuse it. ValueError: a number is no int64.
    """

    entity_id: int
    model: str
    tensors: Sequence[npt.ArrayLike] | Mapping[str, npt.ArrayLike]
    event_time_millis: int | None = None
    key_config_version: int | None = None

    def __post_init__(self) -> None:
        for number in (self.entity_id, self.event_time_millis or 0, self.key_config_version or 0):
            if not -(1 << 63) <= number < 1 << 63:
                raise ValueError(f"{number} is no 64-bit integer")

    def thrift(self) -> bytes:
        """An EmbeddingEvent of thrift/embedding_event.thrift, in TBinaryProtocol: the form that is cheapest to read."""
        numbers = {1: self.entity_id, 2: self.event_time_millis, 4: self.key_config_version}
        out = b"".join(struct.pack(">Bhq", 10, i, number) for i, number in numbers.items() if number is not None)
        out += struct.pack(">Bh", 11, 3) + _text(self.model.encode())
        if isinstance(self.tensors, Mapping):
            entries = [_text(name.encode()) + _thrift(tensor) for name, tensor in self.tensors.items()]
            return out + struct.pack(">BhBBi", 13, 6, 11, 12, len(entries)) + b"".join(entries) + b"\0"
        return out + struct.pack(">BhBi", 15, 5, 12, len(self.tensors)) + b"".join(map(_thrift, self.tensors)) + b"\0"

    def json(self) -> bytes:
        """The same in JSON, numeric elements in base64. Strings have to be UTF-8."""
        event: dict[str, Any] = {"entityId": self.entity_id, "eventTimeMillis": self.event_time_millis}
        event |= {"model": self.model, "keyConfigVersion": self.key_config_version}
        if isinstance(self.tensors, Mapping):
            event["tensors"] = {name: _json(tensor) for name, tensor in self.tensors.items()}
        else:
            event["tensors"] = [_json(tensor) for tensor in self.tensors]
        return json.dumps({name: value for name, value in event.items() if value is not None}).encode()


def _thrift(given: npt.ArrayLike) -> bytes:
    array, code = _array(given)
    shape = struct.pack(f">BhBi{array.ndim}q", 15, 2 if code == _STRING else 3, 10, array.ndim, *array.shape)
    if code == _STRING:
        strings = struct.pack(">BhBhBi", 12, 2, 15, 1, 11, array.size) + b"".join(map(_text, _strings(array)))
        return strings + shape + b"\0\0"
    return struct.pack(">BhBhiBh", 12, 1, 8, 1, code, 11, 2) + _text(array.tobytes()) + shape + b"\0\0"


def _json(given: npt.ArrayLike) -> dict[str, Any]:
    array, code = _array(given)
    form = {"dtype": _NAMES[code], "shape": array.shape}
    if code == _STRING:
        return form | {"data": [text.decode() for text in _strings(array)]}
    return form | {"base64": base64.b64encode(array.tobytes()).decode()}


def _array(given: npt.ArrayLike) -> tuple[Array, int]:
    """The elements, little-endian, and the number of their type."""
    array = np.asarray(given)
    if array.dtype.kind in "OSU":
        return array, _STRING
    array = array.astype(array.dtype.newbyteorder("<"), copy=False)
    if array.dtype not in _CODES:
        raise TypeError(f"a tensor cannot have {array.dtype}: convert it, to float32 for example")
    return array, _CODES[array.dtype]


def _strings(array: Array) -> list[bytes]:
    return [text.encode() if isinstance(text, str) else bytes(text) for text in array.ravel().tolist()]


def _text(text: bytes) -> bytes:
    return struct.pack(">i", len(text)) + text
