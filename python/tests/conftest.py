import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--mutated", type=int, default=100_000, help="mutated records to read; 10000000 take an hour")
