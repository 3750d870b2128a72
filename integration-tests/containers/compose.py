"""Containers of docker/compose*.yaml as a user sees them, and the traffic that is checked."""
import contextlib
import json
import os
import pathlib
import re
import signal
import subprocess
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

from engine import run

PAGE = pathlib.Path("docs/deploy.md")
PATIENCE = 600
# On an engine that others use as well, nothing of theirs is touched.
PROJECT = os.environ["COMPOSE_PROJECT_NAME"] = "embedding-export-check"


def block(name):
    """A block of commands in docs/deploy.md."""
    found = re.findall(rf"^```bash {name}\n(.*?)^```", PAGE.read_text(), re.S | re.M)
    assert len(found) == 1, f"{PAGE} has {len(found)} blocks '{name}'"
    return found[0].replace("\\\n", " ").strip()


def shell(commands, **variables):
    """Runs commands as a user types them, and returns what they print."""
    print("  $ " + commands.replace("\n", "\n  $ "), flush=True)
    started = time.monotonic()
    printed = run("bash", "-euc", commands, env={**os.environ, **variables})
    print(f"    {time.monotonic() - started:.0f} s", flush=True)
    return printed


def until(what, condition, limit=PATIENCE):
    """Waits for a condition; returns its value."""
    started = time.monotonic()
    while not (value := condition()):
        if time.monotonic() - started > limit:
            raise AssertionError(f"not within {limit} s: {what}")
        time.sleep(0.5)
    print(f"    {what}: {time.monotonic() - started:.0f} s", flush=True)
    return value


def get(port, path):
    """What a server answers, or None while there is none."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
            return json.load(answer)
    except (OSError, urllib.error.URLError, ValueError):
        return None


def job(port=8081):
    """The job, or None."""
    jobs = (get(port, "/jobs/overview") or {}).get("jobs", [])
    return jobs[0] if jobs else None


def runs(job):
    """Whether the job runs with all of its tasks."""
    return bool(job) and job["state"] == "RUNNING" and job["tasks"]["running"] == job["tasks"]["total"] > 0


def metric(job, name, port=8081):
    values = get(port, f"/jobs/{job['jid']}/metrics?get={name}")
    return float(values[0]["value"]) if values else None


def query(expression):
    """The numbers that Prometheus answers."""
    answer = get(9090, "/api/v1/query?" + urllib.parse.urlencode({"query": expression}))
    return [float(sample["value"][1]) for sample in answer["data"]["result"]] if answer else []


def logs(container, *options):
    done = subprocess.run(["docker", "logs", *options, container], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return done.stdout


def volumes():
    """The volumes of this project, and those without a name, which may be its too."""
    names = run("docker", "volume", "ls", "-q").split()
    return {name for name in names if name.startswith(f"{PROJECT}_") or len(name) == 64}


class Project:
    """The containers that some of the files make."""

    def __init__(self, *files):
        self.files = files
        self.others = volumes()
        self.command = " ".join(["docker compose", *(f"-f docker/{file}" for file in files)])

    def containers(self, service):
        return run(*self.command.split(), "ps", "-aq", service).split()

    def state(self, container):
        return json.loads(run("docker", "inspect", container))[0]["State"]

    def kill(self, container):
        """As the kernel would; `docker kill` would count as a stop that is wanted. Returns when it is back."""
        pid = self.state(container)["Pid"]
        assert pid > 0, f"container {container} does not run"
        os.kill(pid, signal.SIGKILL)
        until("the container is back", lambda: self.state(container)["Pid"] not in (0, pid))

    def require_named_volumes(self):
        made = sorted(volumes() - self.others)
        anonymous = [name for name in made if not name.startswith(f"{PROJECT}_")]
        assert made and not anonymous, f"volumes without a name: {anonymous} among {made}"
        print(f"    volumes: {', '.join(made)}", flush=True)

    def require_running(self):
        """What `up --wait` promises when it returns."""
        now = job()
        assert runs(now), f"`up --wait` returned, and the job is {now}"

    def down(self):
        shell(f"{self.command} down -v")

    def save_logs(self, directory):
        for line in run(*self.command.split(), "ps", "-a", "--format", "{{.ID}} {{.Name}}").splitlines():
            container, name = line.split()
            (directory / f"{name}.log").write_text(logs(container))


@contextlib.contextmanager
def up(files, work, commands):
    """Starts containers by the commands of the docs, and removes them and their volumes at the end."""
    project = Project(*files)
    try:
        shell(commands)
        project.require_running()
        project.require_named_volumes()
        yield project
    except BaseException:
        project.save_logs(work)
        print(f"    logs of the containers: {work}/*.log", flush=True)
        raise
    finally:
        project.down()
    left = volumes() - project.others
    assert not left, f"`down -v` leaves volumes: {left}"


class Traffic:
    """TrafficCommand.java: inputs, and the checker of what comes out."""

    def __init__(self, work, client):
        classes = pathlib.Path("integration-tests/target/classpath").read_text().strip()
        java = os.path.join(os.environ["JAVA_HOME"], "bin/java") if "JAVA_HOME" in os.environ else "java"
        self.log = work / "traffic.log"
        self.lock = threading.Lock()
        self.process = subprocess.Popen(
            [
                java, "-Xmx1g", "-Dlog4j2.configurationFile=etc/log4j2-cli.properties",
                "-cp", f"integration-tests/target/test-classes:{classes}",
                "io.embeddingexport.it.TrafficCommand", client,
                "embedding-events", "embedding-key-configs", "data-records", "dead-letters", "embedding-export.",
            ],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=open(self.log, "wb"), text=True,
        )  # fmt: skip

    def do(self, command):
        with self.lock:
            self.process.stdin.write(command + "\n")
            self.process.stdin.flush()
            answer = self.process.stdout.readline()
        assert answer.startswith("ok "), f"{command}: {self.log.read_text()[-3000:]}"
        return answer[3:].strip()

    @contextlib.contextmanager
    def flowing(self):
        """Inputs come all the time."""
        done = threading.Event()
        failed = []

        def send():
            try:
                while not done.wait(0.2):
                    self.do("send 200")
            except (AssertionError, OSError) as e:
                failed.append(e)

        sender = threading.Thread(target=send)
        sender.start()
        try:
            yield
        finally:
            done.set()
            sender.join()
        if failed:
            raise failed[0]

    def come_out(self):
        """Something must come out of every input."""
        print(f"    {self.do('await')}", flush=True)

    def finish(self):
        counts = self.do("finish")
        self.end()
        return counts

    def end(self):
        self.process.kill()
        self.process.wait()
