"""Runs libtwml's vectors through bin/embedding-export and compares.

The tests do the same in process; this also has the script, the pipes and the exit codes in it.
"""

import json
import pathlib
import subprocess
import sys

HOME = pathlib.Path(__file__).resolve().parent.parent
GOLDEN = HOME / "src/datarecord/test/resources/golden"


def vectors(name):
    with open(GOLDEN / name, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def command(arguments, lines, exit_codes=(0, 1)):
    done = subprocess.run(
        [HOME / "bin/embedding-export", *arguments],
        input="".join(line + "\n" for line in lines),
        capture_output=True,
        encoding="utf-8",
    )
    if done.returncode not in exit_codes:
        sys.exit(f"{arguments}: exit {done.returncode}\n{done.stderr}")
    return done.stdout.splitlines()


def check(what, pairs):
    wrong = [f"  {name:.60}: got {got!r:.300}, expected {expected!r:.300}" for name, got, expected in pairs if got != expected]
    if wrong:
        sys.exit("\n".join([f"{what}: {len(wrong)} of {len(pairs)} differ", *wrong[:10]]))
    print(f"{what}: {len(pairs)} agree")


def encode():
    all_vectors = [v for v in vectors("datarecord-vectors.jsonl") if v["kind"] == "write"]
    inputs = [{k: v[k] for k in ("keys", "tensors", "keysShape", "features") if k in v} for v in all_vectors]
    # libtwml wrote several tensors in its hash map's order: give them in that order.
    for given, vector in zip(inputs, all_vectors):
        if "order" in vector:
            first = {}
            for key, tensor in zip(vector["keys"], vector["tensors"]):
                first.setdefault(key, tensor)
            given["keys"] = vector["order"]
            given["tensors"] = [first[key] for key in vector["order"]]
            given.pop("keysShape", None)
    got = [json.loads(line) for line in command(["encode", "--vectors"], map(json.dumps, inputs))]
    assert len(got) == len(inputs), f"encode: {len(got)} lines for {len(inputs)}"
    pairs = []
    for vector, answer in zip(all_vectors, got):
        if vector["name"] == "error/op-uint8":
            # Only the op's attribute refuses UINT8; the library writes it, and so do we.
            pairs.append((vector["name"], "hex" in answer, True))
        elif "error" in vector:
            exact = vector["errorTextExact"]
            pairs.append((vector["name"], answer.get("error") if exact else "error" in answer, vector["error"] if exact else True))
        elif "hex" not in vector or vector.get("featureOrderUnstable"):
            pairs.append((vector["name"], len(answer.get("hex", "")) // 2, vector["length"]))
        else:
            pairs.append((vector["name"], answer.get("hex"), vector["hex"]))
    check("encode", pairs)


def decode():
    reads = [v for v in vectors("datarecord-vectors.jsonl") if v["kind"] == "read"]
    malformed = vectors("malformed-vectors.jsonl")
    got = [json.loads(line) for line in command(["decode", "--vectors"], [v["hex"] for v in reads + malformed])]
    assert len(got) == len(reads) + len(malformed), f"decode: {len(got)} lines"
    pairs = []
    for vector, answer in zip(reads + malformed, got):
        refused = "error" in answer
        if refused and "reason" not in answer:
            pairs.append((vector["name"], answer, "a reason"))
        elif vector.get("libtwml") in ("error", "undefined"):
            pairs.append((vector["name"], refused, True))
        elif not refused:
            pairs.append((vector["name"], answer, vector["decoded"]))
        else:
            # Stricter on purpose (docs/adr/0007); the unit tests list these by name.
            careless = vector["decoded"].get("trailing", 0) > 0 or "inconsistent" in json.dumps(vector["decoded"])
            pairs.append((vector["name"], careless or vector.get("libtwml") == "accept", True))
    check("decode", pairs)


def feature_id():
    named = [v for v in vectors("feature-id-vectors.jsonl") if v["name"] is not None and "\n" not in v["name"] and "\r" not in v["name"]]
    pairs = []
    good = [v for v in named if "id" in v or "idByPlainAlgorithm" in v]
    lines = command(["feature-id", "-"], [v["name"] for v in good], exit_codes=(0,))
    for vector, line in zip(good, lines, strict=True):
        number, _, name = line.partition("\t")
        pairs.append((vector["name"], (int(number), name), (int(vector.get("id", vector.get("idByPlainAlgorithm"))), vector["name"])))
    check("feature-id", pairs)


encode()
decode()
feature_id()
