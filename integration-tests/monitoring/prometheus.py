"""A real Prometheus, and the rules of monitoring/ with short times."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import time
import urllib.parse
import urllib.request

ALERTS = pathlib.Path("monitoring/prometheus-alerts.yml")
DASHBOARD = pathlib.Path("monitoring/grafana-dashboard.json")
UNIT_TESTS = pathlib.Path("monitoring/prometheus-alerts-test.yml")

# Every time of the rules is divided by this. Prometheus reads the job every second instead of every 30.
FASTER = 30
SECONDS = {"s": 1, "m": 60}
SELECTOR = re.compile(r"\b(?:flink_|embedding_export:)\w+(?:\{[^}]*\})?")


class CannotRun(Exception):
    """What the test needs is not to be had here."""


def tools(directory):
    """The directory with prometheus and promtool: Debian's package, unpacked and not installed."""
    unpacked = directory / "debian/usr/bin"
    if not (unpacked / "promtool").exists():
        for program in ("apt-get", "dpkg"):
            if not shutil.which(program):
                raise CannotRun(f"no {program}, and so no Prometheus from Debian's package")
        found = subprocess.run(["apt-get", "download", "prometheus"], cwd=directory, capture_output=True, text=True)
        packages = sorted(directory.glob("prometheus_*.deb"))
        if found.returncode or not packages:
            raise CannotRun(f"apt-get download prometheus failed: {found.stderr.strip().splitlines()[-1:]}")
        subprocess.run(["dpkg", "-x", packages[-1], directory / "debian"], check=True)
    return unpacked


def alert_names():
    return re.findall(r"- alert: (\w+)", ALERTS.read_text())


def untested():
    """Alerts of which no unit test says that they fire, or none that they stay silent."""
    tests = UNIT_TESTS.read_text()
    fires = set(re.findall(r"alertname: (\w+)\n\s+exp_alerts:\n", tests))
    silent = set(re.findall(r"alertname: (\w+), exp_alerts: \[\]", tests))
    return sorted(set(alert_names()) - (fires & silent))


def seconds(duration):
    return int(duration[:-1]) * SECONDS[duration[-1]]


def scaled(rules, limits):
    """The rules with each `for`, range and offset FASTER times shorter. The expressions stay, but for the values of the limits."""

    def shorter(match):
        return f"{match[1]}{max(1, seconds(match[2]) // FASTER)}s"

    rules = re.sub(r"(\bfor: |\boffset |[\[:])(\d+[sm])\b", shorter, rules)
    for name, value in limits.items():
        rules, replaced = re.subn(rf"(record: embedding_export:{name}\n\s+expr: vector)\(\d+\)", rf"\1({value})", rules)
        assert replaced == 1, f"{ALERTS} has no limit {name}"
    return rules


def queries():
    """The queries of alerts and dashboard, each with the place it is from."""
    for selector in sorted(set(SELECTOR.findall(re.sub(r"(?m)^\s*#.*$|runbook:.*$|summary:.*$", "", ALERTS.read_text())))):
        yield str(ALERTS), selector
    for panel in json.loads(DASHBOARD.read_text())["panels"]:
        for target in panel.get("targets", []):
            expression = target["expr"].replace("$job", ".*").replace("$__rate_interval", "10s")
            yield f"{DASHBOARD}, {panel['title']!r}", expression


def queries_of_docs():
    """One a line."""
    for page in (pathlib.Path("docs/metrics.md"), pathlib.Path("docs/operations.md")):
        for block in re.findall(r"```promql\n(.*?)```", page.read_text(), re.S):
            for query in block.strip().splitlines():
                yield str(page), query


class Prometheus:
    """Its HTTP API."""

    def __init__(self, port):
        self.address = f"http://127.0.0.1:{port}"

    def get(self, path, **parameters):
        url = f"{self.address}/api/v1/{path}?{urllib.parse.urlencode(parameters)}"
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                return json.load(answer)["data"]
        except urllib.error.HTTPError as e:
            raise AssertionError(f"{path} {parameters}: {json.load(e)['error']}") from e

    def ready(self):
        try:
            urllib.request.urlopen(self.address + "/-/ready", timeout=2).close()
            return True
        except OSError:
            return False

    def values(self, query):
        """The numbers that a query results in, without NaN."""
        result = self.get("query", query=query)["result"]
        return [value for value in (float(sample["value"][1]) for sample in result) if value == value]

    def firing(self):
        return {alert["labels"]["alertname"]: alert for alert in self.get("alerts")["alerts"] if alert["state"] == "firing"}

    def fired_within(self, window):
        """Alerts that fired at any time of the last seconds."""
        result = self.get("query", query=f'count by (alertname) (count_over_time(ALERTS{{alertstate="firing"}}[{window}s]))')
        return sorted(sample["metric"]["alertname"] for sample in result["result"])


def start(tools_directory, work, metrics_port, port, limits, run):
    """Starts a Prometheus that reads the job every second. `run` starts a process."""
    (work / "rules.yml").write_text(scaled(ALERTS.read_text(), limits))
    (work / "prometheus.yml").write_text(
        "global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}\n"
        "rule_files: [rules.yml]\n"
        "scrape_configs:\n"
        f"  - {{job_name: flink, static_configs: [{{targets: ['127.0.0.1:{metrics_port}']}}]}}\n"
    )
    shutil.rmtree(work / "data", ignore_errors=True)
    run(
        "prometheus",
        tools_directory / "prometheus",
        f"--config.file={work / 'prometheus.yml'}",
        f"--storage.tsdb.path={work / 'data'}",
        f"--web.listen-address=127.0.0.1:{port}",
        "--log.level=warn",
    )
    prometheus = Prometheus(port)
    deadline = time.monotonic() + 60
    while not prometheus.ready():
        assert time.monotonic() < deadline, f"Prometheus did not start: see {work}/prometheus.log"
        time.sleep(0.2)
    return prometheus
