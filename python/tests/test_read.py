"""What the reader takes and refuses, and that the values are libtwml's."""

import pickle
import struct
from typing import Any

import numpy as np
import pytest
import thriftpy2
from thriftpy2.protocol.binary import TBinaryProtocolFactory
from thriftpy2.utils import serialize

from embedding_export_reader import MalformedRecordError, read
from golden import HOME, MALFORMED, READ, README_RECORD, WRITTEN

PROTOCOL = TBinaryProtocolFactory(strict_read=False, strict_write=False)

# What libtwml takes and the Java reader refuses too (docs/adr/0007).
STRICTER = {
    "read/raw-shape-mismatch": "shape-contradicts-content",
    "read/raw-odd-length": "shape-contradicts-content",
    "read/trailing-bytes": "trailing-bytes",
    "count-too-small": "trailing-bytes",
    "count-negative": "negative-length",
    "shape-negative-dim": "shape-contradicts-content",
    "string-list-count-negative": "negative-length",
    "length-prefixed": "trailing-bytes",
    "bitflip-0-at-51": "shape-contradicts-content",
    "bitflip-3-at-52": "shape-contradicts-content",
}
REASONS = STRICTER | {
    "empty-input": "truncated",
    "no-stop": "truncated",
    "field-id-10": "unknown-field",
    "wrong-field-type-binary": "wrong-type",
    "wrong-key-type": "wrong-type",
    "union-empty": "union-arity",
    "union-binary-tensor": "unknown-field",
    "union-two-fields": "union-arity",
    "raw-no-dtype": "missing-field",
    "raw-dtype-6": "unknown-data-type",
    "raw-string-dtype-no-shape": "missing-field",
    "content-length-negative": "negative-length",
    "content-length-huge": "length-exceeds-input",
    "shape-count-huge": "length-exceeds-input",
    "continuous-count-huge": "length-exceeds-input",
    "sparse-no-indices": "missing-field",
    "message-header": "unknown-field",
}
DTYPES = {"FLOAT": "<f4", "DOUBLE": "<f8", "INT32": "<i4", "INT64": "<i8", "UINT8": "u1", "BOOL": "?"}


def name(vector: dict[str, Any]) -> str:
    return str(vector["name"])


def numbers(tensor: dict[str, Any], dtype: str) -> Any:
    if "bits" in tensor:
        return np.frombuffer(bytes.fromhex(tensor["bits"]), np.dtype(dtype).newbyteorder(">"))
    return np.array(tensor["data"], dtype)


def assert_tensor(array: Any, tensor: dict[str, Any]) -> None:
    if "contentHex" in tensor:  # Opaque: its shape says nothing about its bytes.
        assert array.tobytes().hex() == tensor["contentHex"]
        return
    # libtwml has a vector of one element where the list of extents is empty, and reads a FloatTensor as doubles.
    assert (array.shape or (1,)) == tuple(tensor["shape"] or [1])
    if "strings" in tensor or "hex" in tensor:
        expected = [bytes.fromhex(item["hex"]) for item in tensor["strings"]] if "strings" in tensor else tensor["hex"]
        assert [bytes.fromhex(item) if isinstance(item, str) else item for item in expected] == array.ravel().tolist()
    else:
        wire = numbers(tensor, DTYPES[tensor["dtype"]])
        if tensor.get("encoding") != "typed" or array.dtype != np.float32:
            assert array.dtype == DTYPES[tensor["dtype"]]
        expected_bytes = wire.astype(array.dtype).tobytes()
        assert array.tobytes() == expected_bytes


def double(entry: dict[str, Any]) -> float:
    return float(struct.unpack(">d", bytes.fromhex(entry["bits"]))[0])


@pytest.mark.parametrize(
    "vector", [v for v in READ + MALFORMED if "decoded" in v and v["name"] not in STRICTER], ids=name
)
def test_what_libtwml_reads_has_the_same_values(vector: dict[str, Any]) -> None:
    record, decoded = read(bytes.fromhex(vector["hex"])), vector["decoded"]

    def entries(field: str) -> list[dict[str, Any]]:
        return list(decoded.get(field, []))

    assert record.binary_features == set(decoded.get("binary", []))
    assert record.continuous_features == {e["id"]: double(e) for e in entries("continuous")}
    assert record.discrete_features == {e["id"]: e["value"] for e in entries("discrete")}
    assert record.string_features == {e["id"]: bytes.fromhex(e["hex"]) for e in entries("string")}
    assert record.blob_features == {e["id"]: bytes.fromhex(e["hex"]) for e in entries("blob")}
    texts = {e["id"]: {bytes.fromhex(value["hex"]) for value in e["values"]} for e in entries("sparseBinary")}
    assert record.sparse_binary_features == texts
    weights = {e["id"]: {bytes.fromhex(w["hex"]): double(w) for w in e["entries"]} for e in entries("sparseContinuous")}
    assert record.sparse_continuous_features == weights
    assert record.tensors.keys() == {e["key"] for e in entries("tensors")}
    for tensor in entries("tensors"):
        assert_tensor(record.tensors[tensor["key"]], tensor)
    assert record.sparse_tensors.keys() == {e["key"] for e in entries("sparseTensors")}
    for tensor in entries("sparseTensors"):
        sparse = record.sparse_tensors[tensor["key"]]
        assert list(sparse.dense_shape or ()) == tensor["denseShape"]
        assert_tensor(sparse.indices, tensor["indices"])
        assert_tensor(sparse.values, tensor["values"])


@pytest.mark.parametrize("vector", [v for v in WRITTEN if "tensors" in v and "keys" in v], ids=name)
def test_what_libtwml_writes_is_read_with_the_values_it_was_given(vector: dict[str, Any]) -> None:
    record = read(bytes.fromhex(vector["hex"]))
    given: dict[int, dict[str, Any]] = {}
    for key, tensor in zip(vector["keys"], vector["tensors"], strict=True):
        given.setdefault(key, tensor)

    assert record.tensors.keys() == given.keys()
    for key, tensor in given.items():
        if "gen" not in tensor:
            assert_tensor(record.tensors[key], tensor)
            assert record.tensors[key].shape == tuple(tensor["shape"])


@pytest.mark.parametrize(
    "vector", [v for v in MALFORMED + READ if v["name"] in STRICTER or "decoded" not in v], ids=name
)
def test_what_libtwml_or_the_java_reader_refuses_is_refused(vector: dict[str, Any]) -> None:
    with pytest.raises(MalformedRecordError) as refused:
        read(bytes.fromhex(vector["hex"]))
    assert refused.value.reason == REASONS.get(vector["name"], refused.value.reason)
    assert 0 <= refused.value.offset <= len(vector["hex"]) // 2
    again = pickle.loads(pickle.dumps(refused.value))
    assert (str(again), again.reason, again.offset) == (str(refused.value), refused.value.reason, refused.value.offset)


def test_every_vector_named_here_exists() -> None:
    assert REASONS.keys() <= {v["name"] for v in READ + MALFORMED}


@pytest.mark.parametrize("vector", [v for v in READ if v["name"].startswith("read/all-fields")], ids=name)
def test_every_prefix_of_a_record_is_refused(vector: dict[str, Any]) -> None:
    record = bytes.fromhex(vector["hex"])
    for end in range(len(record)):
        with pytest.raises(MalformedRecordError):
            read(record[:end])


def test_a_raw_tensor_is_a_view_of_the_bytes() -> None:
    record = bytearray(README_RECORD)
    tensor = read(record).tensors[7301]
    assert tensor.tolist() == [0.5, -1.5]
    at = record.index(struct.pack("<f", 0.5))
    record[at : at + 4] = struct.pack("<f", 7)
    assert tensor.tolist() == [7, -1.5]
    assert not read(bytes(record)).tensors[7301].flags.writeable


def longs(*elements: int) -> str:
    return f"0a {len(elements):08x}" + "".join(f"{element & (1 << 64) - 1:016x}" for element in elements)


def floats(count: int, shape: str = "") -> str:
    return f"0c 0005 0f 0001 04 {count:08x}" + "3ff0000000000000" * count + shape + "00 00"


def tensors(*values: str) -> str:
    return f"0d 0008 0a 0c {len(values):08x}" + "".join("0000000000000007" + value for value in values) + "00"


def coo(dense: str, indices: str, values: int) -> str:
    parts = f"{dense} 0c 0002 0f 0001 {indices} 00 0c 0003 {floats(values)}"
    return f"0d 0009 0a 0c 00000001 0000000000000007 0c 0001 {parts} 00 00 00"


def extents(*dims: int) -> str:
    return f"0f 0001 {longs(*dims)}"


def shape(*dims: int) -> str:
    return f"0f 0002 {longs(*dims)}"


@pytest.mark.parametrize(
    ("what", "record", "reason"),
    [
        ("empty shape, two elements", tensors(floats(2, shape())), "shape-contradicts-content"),
        ("empty shape, no element", tensors(floats(0, shape())), "shape-contradicts-content"),
        ("negative dense extent", coo(extents(-2), longs(0), 1), "shape-contradicts-content"),
        ("index at the extent", coo(extents(2), longs(2), 1), "shape-contradicts-content"),
        ("negative index", coo(extents(2), longs(-1), 1), "shape-contradicts-content"),
        ("second index outside", coo(extents(2, 3), longs(1, 2, 1, 3), 2), "shape-contradicts-content"),
        ("more tuples than values", coo(extents(9), longs(1, 2), 1), "shape-contradicts-content"),
        ("more values than tuples", coo(extents(9), longs(1), 2), "shape-contradicts-content"),
        ("half a tuple", coo(extents(2, 3), longs(1, 2, 1), 2), "shape-contradicts-content"),
        ("no dense shape, half a tuple", coo("", longs(1, 2, 1), 2), "shape-contradicts-content"),
        ("no dense shape, no values", coo("", longs(1), 0), "shape-contradicts-content"),
        ("dense shape of i32", coo("0f 0001 08 00000001 00000009", longs(1), 1), "wrong-type"),
        ("defect in the first", tensors(floats(2, shape(3)), floats(1, shape(1))), "shape-contradicts-content"),
        ("defect in the second", tensors(floats(1, shape(1)), floats(2, shape(3))), "shape-contradicts-content"),
        ("no elements, extents beyond numpy", tensors(floats(0, shape(0, 1 << 62))), "shape-contradicts-content"),
        ("rank beyond numpy", tensors(floats(1, shape(*[1] * 65))), "shape-contradicts-content"),
    ],
)
def test_a_contradiction_is_refused(what: str, record: str, reason: str) -> None:
    with pytest.raises(MalformedRecordError) as refused:
        read(bytes.fromhex(record))
    assert refused.value.reason == reason, what


def test_the_sound_forms_beside_them_are_read() -> None:
    assert read(bytes.fromhex(tensors(floats(1, shape())))).tensors[7].shape == ()
    assert read(bytes.fromhex(tensors(floats(1, shape(*[1] * 64))))).tensors[7].ndim == 64
    sparse = read(bytes.fromhex(coo(extents(2, 3), longs(1, 2, 1, 0), 2))).sparse_tensors[7]
    assert (sparse.dense_shape, sparse.indices.tolist(), sparse.values.tolist()) == ((2, 3), [1, 2, 1, 0], [1, 1])


def test_a_double_too_large_for_a_float_is_an_infinity_and_any_byte_but_0_is_true() -> None:
    large = tensors("0c 0005 0f 0001 04 00000001 7fe0000000000000 00 00")
    assert read(bytes.fromhex(large)).tensors[7].tolist() == [np.inf]
    bools = tensors("0c 0001 08 0001 00000007 0b 0002 00000003 00 01 ff 00 00")
    assert read(bytes.fromhex(bools)).tensors[7].tolist() == [False, True, True]


def test_the_schema_is_the_one_in_the_repository() -> None:
    """Records that an independent implementation writes from thrift/datarecord.thrift."""
    module = thriftpy2.load(str(HOME / "thrift/datarecord.thrift"), module_name="datarecord_thrift")
    tensor = module.GeneralTensor(int64Tensor=module.Int64Tensor(longs=[1, -2], shape=[2, 1]))
    record = read(serialize(module.DataRecord(discreteFeatures={5: -6}, tensors={7: tensor}), PROTOCOL))

    assert record.discrete_features == {5: -6}
    assert record.tensors[7].tolist() == [[1], [-2]]
