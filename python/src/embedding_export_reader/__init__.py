"""Reads the DataRecords that embedding-export writes, as numpy arrays; writes its events."""

from .batch import batch
from .event import Event
from .origin import DuplicateFilter, Origin
from .record import DataRecord, SparseTensor, read
from .wire import MalformedRecordError

__all__ = ["DataRecord", "DuplicateFilter", "Event", "MalformedRecordError", "Origin", "SparseTensor", "batch", "read"]
