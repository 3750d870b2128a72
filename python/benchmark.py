"""Nanoseconds a record of 128 floats, on a million records: python/benchmark.py [RECORDS]"""

import struct
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from embedding_export_reader import batch, read

KEY, DIMS = 7301, 128


def records(count: int) -> list[bytes]:
    head = struct.pack(">BhBBiqBhBhiBhi", 13, 8, 10, 12, 1, KEY, 12, 1, 8, 1, 0, 11, 2, 4 * DIMS)
    tail = struct.pack(">BhBiq", 15, 3, 10, 1, DIMS) + b"\0\0\0"
    rng = np.random.default_rng(1)
    return [head + rng.standard_normal(DIMS, np.float32).tobytes() + tail for _ in range(count)]


def best(count: int, call: Callable[[], Any]) -> str:
    """Of three, in processor time: other programs on the machine do not count."""
    times = []
    for _ in range(3):
        start = time.process_time_ns()
        call()
        times.append(time.process_time_ns() - start)
    return f"{min(times) / count:9,.0f} ns"


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    given = records(count)
    some = given[: max(1, count // 20)]
    print(f"batch  {best(count, lambda: batch(given, KEY))}    one layout, {count:,} records")
    print(f"read   {best(len(some), lambda: [read(record) for record in some])}    one by one, {len(some):,} records")


if __name__ == "__main__":
    main()
