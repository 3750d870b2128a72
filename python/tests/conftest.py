import socket
import subprocess
import time
from collections.abc import Iterator

import pytest
from confluent_kafka import KafkaException
from confluent_kafka.admin import AdminClient

from golden import HOME


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--mutated", type=int, default=100_000, help="mutated records to read; 10000000 take an hour")
    parser.addoption("--mutated-seed", type=int, default=18, help="another seed gives other records")


@pytest.fixture(scope="session")
def broker() -> Iterator[str]:
    if not (HOME / "target/cli.built").exists():
        pytest.skip("bin/embedding-export is not built: run bin/embedding-export --version")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(HOME / "bin/embedding-export"), "broker", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT)
    try:
        admin, deadline = AdminClient({"bootstrap.servers": f"127.0.0.1:{port}"}), time.monotonic() + 90
        while True:
            try:
                admin.list_topics(timeout=1)
                break
            except KafkaException:
                assert process.poll() is None, "the broker ended"
                assert time.monotonic() < deadline, "no broker after 90 s"
        yield f"127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)
