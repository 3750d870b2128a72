"""The examples of docs/python.md."""

from typing import Any

import numpy as np
from confluent_kafka import Producer

from golden import HOME, README_RECORD

BLOCKS = [part.split("```")[0] for part in (HOME / "docs/python.md").read_text().split("```python\n")[1:]]
ADDRESS = "localhost:9092"


def test_the_examples_without_a_broker() -> None:
    names: dict[str, Any] = {}
    for block in BLOCKS:
        if ADDRESS not in block:
            exec(block, names)
    assert names["record"] == README_RECORD
    assert len(names["value"]) > 0


def test_the_example_with_a_broker(broker: str) -> None:
    producer = Producer({"bootstrap.servers": broker, "transactional.id": "docs"})
    producer.init_transactions(30)
    producer.begin_transaction()
    for key, value in ((b"a", README_RECORD), (b"b", README_RECORD), (b"a", None)):
        producer.produce("data-records", value, key)
    producer.commit_transaction(30)

    names: dict[str, Any] = {}
    (block,) = (block for block in BLOCKS if ADDRESS in block)
    exec(block.replace(ADDRESS, broker), names)

    assert names["index"].keys() == {b"b"}
    assert np.array_equal(names["index"][b"b"], [0.5, -1.5])
