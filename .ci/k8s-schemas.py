#!/usr/bin/env python3
"""Unpacks the strict schemas of one version of Kubernetes from kubernetes-validate's wheel, for kubeconform.

k8s-schemas.py WHEEL VERSION DIRECTORY

Their references are addresses on the internet; here they become names of files beside them.
"""
import pathlib
import sys
import zipfile

wheel, version, directory = sys.argv[1:]
folder = f"kubernetes_validate/kubernetes-json-schema/v{version}-local-strict/"
with zipfile.ZipFile(wheel) as archive:
    members = [name for name in archive.namelist() if name.startswith(folder) and name.endswith(".json")]
    if not members:
        sys.exit(f"{wheel} has no {folder}; name one of its versions in .ci/k8s")
    # The definitions come last: they say that all are there.
    for name in sorted(members, key=lambda name: name.endswith("/_definitions.json")):
        schema = archive.read(name).decode()
        schema = schema.replace('"/api/_definitions.json#', '"_definitions.json#').replace('"$id":', '"$comment":')
        pathlib.Path(directory, name.removeprefix(folder)).write_text(schema)
