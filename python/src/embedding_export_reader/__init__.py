"""Reads the DataRecords that embedding-export writes, as numpy arrays; writes its events."""

from .batch import batch
from .record import DataRecord, SparseTensor, read
from .wire import MalformedRecordError

__all__ = ["DataRecord", "MalformedRecordError", "SparseTensor", "batch", "read"]
