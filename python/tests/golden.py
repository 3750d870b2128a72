"""The vectors that libtwml made, shared with the Java tests."""

import json
from pathlib import Path
from typing import Any

HOME = Path(__file__).resolve().parents[2]


def vectors(name: str) -> list[dict[str, Any]]:
    lines = (HOME / "src/datarecord/test/resources/golden" / f"{name}-vectors.jsonl").read_text().splitlines()
    return [vector for vector in map(json.loads, lines) if "hex" in vector]


WRITTEN = [vector for vector in vectors("datarecord") if vector["kind"] == "write"]
READ = [vector for vector in vectors("datarecord") if vector["kind"] == "read"]
MALFORMED = vectors("malformed")
README_RECORD = bytes.fromhex((HOME / "README.md").read_text().split("```hex\n")[1].split("```")[0])
