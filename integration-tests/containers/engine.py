"""A Docker engine that nothing is installed for, and stand-ins for the images that no registry here has.

The engine is Debian's, unpacked. It runs in network, mount and process namespaces of its own, and so do all containers:
they end with the first process in there. The images are built of packages of Debian, Maven and PyPI. Each says in
stand-ins/*/Dockerfile what it stands in for.
"""
import hashlib
import os
import pathlib
import shutil
import subprocess
import time

HERE = pathlib.Path(__file__).resolve().parent
STAND_INS = {
    "flink": "flink:2.3.0-java17",
    "kafka": "apache/kafka:4.2.2",
    "maven": "maven:3.9-eclipse-temurin-17",
    "prometheus": "prom/prometheus:v3.5.0",
    "zookeeper": "zookeeper:3.9.5",
}
ENGINE = (
    "docker.io containerd runc tini iptables libip4tc2 libip6tc2 libnetfilter-conntrack3 libnfnetlink0 libnftnl11 libxtables12 "
    "libmnl0 libdevmapper1.02.1 debootstrap prometheus"
).split()
# bookworm has no Compose 2.
PLUGINS = ["docker-compose", "docker-buildx"]
IN_BASE = "openjdk-17-jdk-headless,gettext-base,gosu,netcat-openbsd,libsnappy1v5,procps"
MAVEN = "3.9.11"
# What docker/Dockerfile.dockerignore lets into the build, as far as Maven reads it.
SOURCES = [".mvn", "pom.xml", "benchmarks/pom.xml", "integration-tests/pom.xml", "thrift", "src", "etc"]


class CannotRun(Exception):
    """What the test needs is not to be had here."""


def run(*command, what=None, **options):
    """Runs a command to its end. With `what`, its failure means that the test cannot run here."""
    done = subprocess.run(
        [str(part) for part in command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options
    )
    if done.returncode:
        shown = " ".join(str(part) for part in command[:4])
        if what:
            print(done.stdout[-2000:])
            raise CannotRun(f"{what}: {shown} … failed with {done.returncode}")
        raise AssertionError(f"{' '.join(map(str, command))}: exit code {done.returncode}\n{done.stdout[-4000:]}")
    return done.stdout


def of_this_machine():
    """Whether the machine has an engine with Compose that runs."""
    if not shutil.which("docker"):
        return False
    commands = (["docker", "info"], ["docker", "compose", "version"])
    return all(subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL).returncode == 0 for command in commands)


def once(marker, make):
    """Calls `make` unless an earlier run did."""
    if not marker.exists():
        started = time.monotonic()
        print(f"  {marker.name} … ", end="", flush=True)
        make()
        marker.touch()
        print(f"{time.monotonic() - started:.0f} s", flush=True)


def prepare(work):
    """Downloads everything. What follows needs no network."""
    if os.geteuid() != 0:
        raise CannotRun("no engine runs here, and only root can start one")
    for program in ("apt-get", "dpkg", "unshare", "ip", "mvn", "python3"):
        if not shutil.which(program):
            raise CannotRun(f"no engine runs here, and there is no {program} to start one with")
    if subprocess.run(["unshare", "--net", "--mount", "--pid", "--fork", "true"], capture_output=True).returncode:
        raise CannotRun("no engine runs here, and no namespaces can be made to start one in")
    work.mkdir(parents=True, exist_ok=True)
    print("What the engine and the stand-in images are made of:", flush=True)
    once(work / "engine-of-debian", lambda: unpack_engine(work))
    once(work / "base-of-debian", lambda: make_base(work))
    poms = sorted(pom for pattern in ("pom.xml", "*/pom.xml", "src/*/pom.xml") for pom in pathlib.Path().glob(pattern))
    poms += sorted(HERE.glob("stand-ins/*/pom.xml"))
    versions = hashlib.sha256(b"".join(pom.read_bytes() for pom in poms)).hexdigest()[:12]
    once(work / "flink-of-pypi", lambda: flink(work))
    once(work / f"jars-of-maven-{versions}", lambda: jars(work))


def unpack_engine(work):
    debs = work / "debs"
    debs.mkdir(exist_ok=True)
    what = "no engine from Debian's packages"
    if subprocess.run(["apt-get", "download", *ENGINE], cwd=debs, capture_output=True).returncode:
        run("apt-get", "update", what=what)
        run("apt-get", "download", *ENGINE, cwd=debs, what=what)
    apt = work / "apt"
    for directory in ("lists/partial", "cache/archives/partial"):
        (apt / directory).mkdir(parents=True, exist_ok=True)
    sources = apt / "trixie.sources"
    sources.write_text(
        "Types: deb\nURIs: http://deb.debian.org/debian\nSuites: trixie\nComponents: main\n"
        "Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg\n"
    )
    settings = {
        "Dir::Etc::sourcelist": sources,
        "Dir::Etc::sourceparts": "/dev/null",
        "Dir::State::lists": apt / "lists",
        "Dir::Cache": apt / "cache",
        "APT::Sandbox::User": "root",
    }
    options = [part for name, value in settings.items() for part in ("-o", f"{name}={value}")]
    run("apt-get", *options, "update", what="no Compose from Debian's packages")
    run("apt-get", *options, "download", *PLUGINS, cwd=debs, what="no Compose from Debian's packages")
    tools = work / "tools"
    for deb in debs.glob("*.deb"):
        run("dpkg", "-x", deb, tools)
    (tools / "bin").mkdir(exist_ok=True)
    for name in ("iptables", "iptables-save", "iptables-restore", "ip6tables", "ip6tables-save", "ip6tables-restore"):
        (tools / "bin" / name).unlink(missing_ok=True)
        (tools / "bin" / name).symlink_to("../usr/sbin/xtables-nft-multi")


def make_base(work):
    root = work / "base"
    shutil.rmtree(root, ignore_errors=True)
    env = {**os.environ, "DEBOOTSTRAP_DIR": str(work / "tools/usr/share/debootstrap")}
    run(
        work / "tools/usr/sbin/debootstrap", "--variant=minbase", f"--include={IN_BASE}", "bookworm", root,
        "http://deb.debian.org/debian", env=env, what="no base image from Debian's packages",
    )
    for unneeded in ("var/cache/apt", "var/lib/apt/lists", "usr/share/doc", "usr/share/man"):
        shutil.rmtree(root / unneeded, ignore_errors=True)
    run("tar", "-C", root, "-cf", work / "base.tar", ".")
    shutil.rmtree(root)


def context(work, name):
    directory = work / "contexts" / name
    directory.mkdir(parents=True, exist_ok=True)
    return directory


def link(source, target):
    """A copy without the bytes, where both are on one disk."""
    shutil.rmtree(target, ignore_errors=True)
    if subprocess.run(["cp", "-al", str(source), str(target)], capture_output=True).returncode:
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(source, target, symlinks=True)


def flink(work):
    done = subprocess.run(["integration-tests/flink-distribution"], stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise CannotRun("no Flink distribution from PyPI")
    link(done.stdout.strip(), context(work, "flink") / "flink")
    for program in ("prometheus", "promtool"):
        shutil.copy(work / "tools/usr/bin" / program, context(work, "prometheus"))


def jars(work):
    what = "no jars from Maven"
    for name in ("kafka", "zookeeper"):
        libs = context(work, name) / "libs"
        shutil.rmtree(libs, ignore_errors=True)
        version = STAND_INS["kafka"].rpartition(":")[2]
        run(
            "mvn", "-B", "-q", "-f", HERE / "stand-ins" / name / "pom.xml", f"-Dkafka.version={version}",
            "dependency:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={libs}", what=what,
        )
    run(
        "mvn", "-B", "-q", "dependency:copy", f"-Dartifact=org.apache.maven:apache-maven:{MAVEN}:tar.gz:bin",
        f"-DoutputDirectory={work}", what=what,
    )
    maven = context(work, "maven")
    shutil.rmtree(maven / "maven", ignore_errors=True)
    run("tar", "-xzf", work / f"apache-maven-{MAVEN}-bin.tar.gz", "-C", work)
    shutil.move(work / f"apache-maven-{MAVEN}", maven / "maven")
    # The build in the image has no network. The same build here brings everything that it downloads.
    source = work / "source"
    shutil.rmtree(source, ignore_errors=True)
    source.mkdir()
    run("cp", "-r", "--parents", *SOURCES, source)
    for target in source.glob("src/*/target"):
        shutil.rmtree(target)
    run(
        maven / "maven/bin/mvn", "-B", "-q", f"-Dmaven.repo.local={maven / 'repository'}", "-pl", "src/cli", "-am",
        "-Dmaven.test.skip=true", "package", cwd=source, what=what,
    )
    shutil.rmtree(source)


def environment(work):
    """The variables that clients and engine need."""
    tools = work / "tools"
    programs = [tools / "bin", tools / "usr/bin", tools / "usr/sbin"]
    return {
        **os.environ,
        "PATH": ":".join(map(str, programs)) + ":" + os.environ["PATH"] + ":/usr/sbin:/sbin",
        "LD_LIBRARY_PATH": str(tools / "usr/lib/x86_64-linux-gnu"),
        "XTABLES_LIBDIR": str(tools / "usr/lib/x86_64-linux-gnu/xtables"),
        "DOCKER_HOST": f"unix://{work}/docker.sock",
        "DOCKER_CONFIG": str(work / "docker-config"),
    }


def start(work):
    """Starts the engine, in the namespaces of the caller, and builds the stand-in images."""
    os.environ.update(environment(work))
    run("ip", "link", "set", "lo", "up")
    plugins = work / "docker-config/cli-plugins"
    plugins.mkdir(parents=True, exist_ok=True)
    for name in PLUGINS:
        shutil.copy(work / "tools/usr/libexec/docker/cli-plugins" / name, plugins)
    (work / "daemon.json").write_text("{}")
    daemon = subprocess.Popen(
        [
            "dockerd", "--config-file", work / "daemon.json", "--data-root", work / "data", "--exec-root", work / "exec",
            "--pidfile", work / "docker.pid", "--host", os.environ["DOCKER_HOST"], "--cgroup-parent", f"/{cgroup(work)}",
        ],
        stdin=subprocess.DEVNULL, stdout=open(work / "dockerd.log", "wb"), stderr=subprocess.STDOUT,
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while subprocess.run(["docker", "info"], capture_output=True).returncode:
        if daemon.poll() is not None or time.monotonic() > deadline:
            raise CannotRun(f"Debian's engine does not start here: see {work}/dockerd.log")
        time.sleep(0.5)
    # Of a run that was killed.
    run("bash", "-c", "docker ps -aq | xargs -r docker rm -fv && docker volume ls -q | xargs -r docker volume rm")
    once(work / "data/stand-in-base", lambda: run("docker", "import", work / "base.tar", "stand-in-base"))
    for name, image in STAND_INS.items():
        for file in (HERE / "stand-ins" / name).iterdir():
            shutil.copy(file, context(work, name))
        run("docker", "build", "-q", "-t", image, context(work, name))
        print(f"  stand-in for {image}", flush=True)
    return daemon


def cgroup(work):
    return "embedding-export-" + hashlib.sha256(str(work).encode()).hexdigest()[:12]


def clean_up(work):
    """Removes what the engine left, but for its images, which the next run builds on. All of its processes have ended."""
    shutil.rmtree(work / "exec", ignore_errors=True)
    for name in ("docker.sock", "docker.pid"):
        (work / name).unlink(missing_ok=True)
    for group in pathlib.Path("/sys/fs/cgroup").glob(f"**/{cgroup(work)}"):
        for directory, _, _ in os.walk(group, topdown=False):
            try:
                os.rmdir(directory)
            except OSError as e:
                print(f"containers: control group {directory} stays: {e.strerror}")
