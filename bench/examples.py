"""Builds an example of onrecord-intake, and runs it in the processor's time, so that other work on the machine counts little."""

import json
import pathlib
import resource
import subprocess

import pages


def build(name):
    """The path of the example's binary."""
    command = ["cargo", "build", "--release", "--quiet", "-p", "onrecord-intake", "--example", name]
    subprocess.run(command, cwd=pages.WORKSPACE, check=True)
    metadata = ["cargo", "metadata", "--no-deps", "--format-version=1"]
    metadata = subprocess.run(metadata, cwd=pages.WORKSPACE, check=True, capture_output=True)
    return pathlib.Path(json.loads(metadata.stdout)["target_directory"]) / "release/examples" / name


def run(*command):
    """Seconds of the processor, and what it printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, printed
