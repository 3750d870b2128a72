"""The input of a record, from its header ``ee.origin``, and whether it came before."""

import re
from array import array
from typing import NamedTuple

_FORM = re.compile(
    rb"(?:(?P<model>.*)@(?P<version>\d{1,19}) )?(?P<topic>[^ ]+):(?P<partition>\d{1,10}):(?P<offset>\d{1,19})"
    rb"(?:#(?P<item>\d{1,10}))?",
    re.DOTALL,
)


class Origin(NamedTuple):
    """``[model "@" version " "] topic ":" partition ":" offset ["#" item]``; a tombstone has no model and version."""

    model: str | None
    key_config_version: int
    topic: str
    partition: int
    offset: int
    item: int | None

    @classmethod
    def parse(cls, value: bytes | None) -> "Origin | None":
        """None if these bytes are no origin."""
        match = _FORM.fullmatch(value or b"")
        if match is None:
            return None
        text = {name: part.decode(errors="replace") for name, part in match.groupdict().items() if part is not None}
        version, partition, offset = (int(text.get(name, 0)) for name in ("version", "partition", "offset"))
        item = int(text["item"]) if "item" in text else None
        if max(version, offset) >= 1 << 63 or max(partition, item or 0) >= 1 << 31:
            return None
        return cls(text.get("model"), version, text["topic"], partition, offset, item)


class DuplicateFilter:
    """Tells first records from repeats in the output of an at-least-once job, as the Java class of that name does.

    It remembers the last ``window`` offsets of each input partition, apart for each output partition and item, in 8
    bytes an offset. What is before the window may be new, so it counts as new. Not thread-safe.
    """

    def __init__(self, window: int) -> None:
        if window < 1:
            raise ValueError(f"window = {window}: must be 1 or more")
        self._window = window
        self._seen: dict[tuple[str, int], dict[tuple[str, int, int | None], array[int]]] = {}

    def is_first(self, topic: str, partition: int, origin: Origin | None) -> bool:
        """Whether no record of that input came before in this output partition, as far as is remembered."""
        if origin is None:
            return True
        inputs = self._seen.setdefault((topic, partition), {})
        # Offset by its remainder, so that a later lap overwrites an earlier one; the greatest offset comes last.
        ring = inputs.get(origin[2:4] + origin[5:])
        if ring is None:
            ring = inputs[origin[2:4] + origin[5:]] = array("q", [-1]) * (self._window + 1)
        if origin.offset <= ring[-1] - self._window:
            return True
        ring[-1] = max(ring[-1], origin.offset)
        at = origin.offset % self._window
        first, ring[at] = ring[at] != origin.offset, origin.offset
        return first

    def forget(self, topic: str, partition: int) -> None:
        """Forgets an output partition."""
        self._seen.pop((topic, partition), None)
