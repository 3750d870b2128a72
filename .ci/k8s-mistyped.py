#!/usr/bin/env python3
"""Mistypes each field of manifests in turn, and fails if a validator does not find one.

k8s-mistyped.py DIRECTORY MANIFEST... -- KUBECONFORM ARGUMENT...

DIRECTORY is for the copies. A manifest is as kustomize writes it: block style, no comments.
"""
import json
import pathlib
import re
import shutil
import subprocess
import sys

FIELD = re.compile(r"^([ -]*)([A-Za-z][\w.-]*):( |$)")
# Their names are free.
FREE = {"annotations", "data", "flinkConfiguration", "labels", "limits", "logConfiguration", "matchLabels", "requests"}


def fields(lines):
    """The line numbers of a document's fields, but for those in free objects and in block texts."""
    parents, text = [], None
    for number, line in enumerate(lines):
        indent = len(line) - len(line.lstrip(" "))
        if text is not None and (not line.strip() or indent > text):
            continue
        text = None
        match = FIELD.match(line)
        if not match:
            continue
        column = len(match[1])
        while parents and parents[-1][0] >= column:
            parents.pop()
        if not any(name in FREE for _, name in parents):
            yield number, [name for _, name in parents] + [match[2]]
        parents.append((column, match[2]))
        if line.rstrip().endswith(("|", "|-", "|+", ">", ">-")):
            text = column


def is_open(document, path):
    """The CRDs of Flink say nothing of what is in their own metadata."""
    return "apiVersion: flink.apache.org/" in document and path[0] == "metadata" and len(path) > 1


directory = pathlib.Path(sys.argv[1])
end = sys.argv.index("--")
manifests, command = sys.argv[2:end], sys.argv[end + 1 :]
skipped = set(command[command.index("-skip") + 1].split(","))

shutil.rmtree(directory, ignore_errors=True)
directory.mkdir(parents=True)
what = {}
for manifest in manifests:
    for document in re.split(r"^---$", pathlib.Path(manifest).read_text(), flags=re.M):
        lines = [line for line in document.splitlines() if not line.startswith("#")]
        kind = next(line.removeprefix("kind: ") for line in lines if line.startswith("kind: "))
        if kind in skipped:
            continue
        for number, path in fields(lines):
            if not is_open(document, path):
                copy = directory / f"{len(what)}.yaml"
                mistyped = FIELD.sub(r"\1\2x:\3", lines[number])
                copy.write_text("\n".join(lines[:number] + [mistyped] + lines[number + 1 :]) + "\n")
                what[str(copy)] = f"{kind} {'.'.join(path)} in {manifest}"

result = subprocess.run(command + ["-output", "json", "-verbose", str(directory)], capture_output=True, text=True)
resources = json.loads(result.stdout)["resources"]
found = {each["filename"] for each in resources if each["status"] in ("statusInvalid", "statusError")}
missed = sorted(text for copy, text in what.items() if copy not in found)
for text in missed:
    print(f"mistyped and not found: {text}")
kinds = {text.split()[0] for text in what.values()}
print(f"{len(what) - len(missed)} of {len(what)} mistyped fields were found, in {', '.join(sorted(kinds))}")
sys.exit(bool(missed) or not what)
