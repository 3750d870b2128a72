"""Events as an independent implementation of Thrift, and the README, have them."""

import base64
import json
from typing import Any

import numpy as np
import pytest
import thriftpy2
from thriftpy2.protocol.binary import TBinaryProtocolFactory
from thriftpy2.utils import deserialize

from embedding_export_reader import Event
from golden import HOME

PROTOCOL = TBinaryProtocolFactory(strict_read=False, strict_write=False)
SCHEMA = thriftpy2.load(str(HOME / "thrift/embedding_event.thrift"), module_name="embedding_event_thrift")


def parsed(event: Event) -> Any:
    return deserialize(SCHEMA.EmbeddingEvent(), event.thrift(), PROTOCOL)


def test_the_bytes_are_those_written_by_hand() -> None:
    raw = "0c0001 080001 00000000 0b0002 00000008 0000003f 0000c0bf 0f0003 0a 00000001 0000000000000002 00 00"
    by_name = f"0a0001 000000000000002a 0b0003 00000004 75736572 0d0006 0b0c 00000001 00000005 7461737465 {raw} 00"
    vector = np.array([0.5, -1.5], np.float32)
    assert Event(42, "user", {"taste": vector}).thrift() == bytes.fromhex(by_name)
    position = "0a0001 000000000000002a 0a0002 0000000000000007 0a0004 0000000000000003 0b0003 00000004 75736572 0f0005"
    assert Event(42, "user", [vector], 7, 3).thrift() == bytes.fromhex(f"{position} 0c 00000001 {raw} 00")


@pytest.mark.parametrize(
    ("dtype", "code"),
    [("float32", 0), ("float64", 1), ("int32", 2), ("int64", 3), ("uint8", 4), ("bool", 7), (">f4", 0), (">i8", 3)],
)
def test_each_element_type_is_sent_as_little_endian_bytes(dtype: str, code: int) -> None:
    array = np.array([[0, 1], [1, 0], [1, 1]], dtype).T  # Not contiguous.
    event = parsed(Event(-1, "m", {"a": array, "b": array[:0], "c": array[0, 1]}))
    tensor = event.namedTensors["a"].rawTypedTensor
    assert (tensor.dataType, tensor.shape) == (code, [2, 3])
    assert tensor.content == np.array([[0, 1, 1], [1, 0, 1]], np.dtype(dtype).newbyteorder("<")).tobytes()
    assert (event.namedTensors["b"].rawTypedTensor.shape, event.namedTensors["c"].rawTypedTensor.shape) == ([0, 3], [])
    assert (event.entityId, event.model, event.eventTimeMillis, event.tensors) == (-1, "m", None, None)


def test_strings_are_sent_as_their_bytes() -> None:
    for texts in (["a", "é"], [b"a", "é".encode()], np.array(["a", "é"]), np.array([b"a", "é".encode()], object)):
        tensor = parsed(Event(1, "m", [texts])).tensors[0].stringTensor
        assert [text.encode() if isinstance(text, str) else text for text in tensor.strings] == [b"a", "é".encode()]
        assert tensor.shape == [2]
        data = json.loads(Event(1, "m", [texts]).json())["tensors"][0]
        assert data == {"dtype": "STRING", "shape": [2], "data": ["a", "é"]}


def test_json_has_the_same_in_base64() -> None:
    event = Event(42, "user", {"taste": np.array([0.5, -1.5], ">f4")}, 7, 3)
    readme = next(line for line in (HOME / "README.md").read_text().splitlines() if '"base64"' in line)
    tensor = {"dtype": "FLOAT", "shape": [2]} | json.loads(readme)["tensors"][0]
    fields = {"entityId": 42, "eventTimeMillis": 7, "model": "user", "keyConfigVersion": 3}
    assert json.loads(event.json()) == fields | {"tensors": {"taste": tensor}}
    assert base64.b64decode(tensor["base64"]) == np.array([0.5, -1.5], "<f4").tobytes()


def test_what_the_job_would_refuse_is_refused() -> None:
    for tensor in (np.zeros(2, np.float16), np.zeros(2, np.int8), np.zeros(2, np.complex64)):
        with pytest.raises(TypeError, match=str(tensor.dtype)):
            Event(1, "m", [tensor]).thrift()
    for number in (1 << 63, -(1 << 63) - 1):
        with pytest.raises(ValueError, match="no 64-bit integer"):
            Event(number, "m", [])
        with pytest.raises(ValueError, match="no 64-bit integer"):
            Event(1, "m", [], number)
