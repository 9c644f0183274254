"""Pieces a second of the encoder alone, one thread: ONNX Runtime (int8, dynamic) and, built before, `onrecord-model`.

    cargo bench -p onrecord-model --no-run && python train/compare_runtimes.py BENCH_BINARY

Needs torch, onnx, onnxruntime and the base weights. The two take turns, so that what else runs on the machine
disturbs them alike; each figure is the best of its runs.
"""
import os
import re
import subprocess
import sys
import tempfile
import time

import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from onrecord_train.__main__ import base_weights
from onrecord_train.model import Encoder

LENGTHS = (128, 256, 320)
ROUNDS, SECONDS = 3, 3


def session(folder):
    """The base encoder as the peers run it: weights int8 by channel, activations quantised as they come."""
    encoder = Encoder.pretrained(base_weights()).eval()
    ids = torch.full((1, 16), 1000)
    zeros = torch.zeros_like(ids)
    inputs = (ids, zeros + 1, zeros, zeros, torch.ones(1, 16, dtype=torch.bool))
    plain, small = os.path.join(folder, "f32.onnx"), os.path.join(folder, "int8.onnx")
    names = ["ids", "shape", "quote", "start", "mask"]
    torch.onnx.export(encoder, inputs, plain, input_names=names, dynamo=False, opset_version=17,
                      dynamic_axes={name: {1: "n"} for name in names})
    quantize_dynamic(plain, small, weight_type=QuantType.QInt8, per_channel=True)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(small, options, providers=["CPUExecutionProvider"])


def onnx_speed(session, n):
    ids = torch.full((1, n), 1000).numpy()
    zeros = ids * 0
    feed = {"ids": ids, "shape": zeros + 1, "quote": zeros, "start": zeros, "mask": ids > 0}
    shortest, begun = float("inf"), time.perf_counter()
    while time.perf_counter() - begun < SECONDS:
        start = time.perf_counter()
        session.run(None, feed)
        shortest = min(shortest, time.perf_counter() - start)
    return n / shortest


def our_speed(binary):
    out = subprocess.run([binary, "fastest", *map(str, LENGTHS)], capture_output=True, text=True, check=True).stdout
    return {int(n): float(speed) for n, speed in re.findall(r"(\d+) pieces a window: +(\d+)", out)}


def main():
    with tempfile.TemporaryDirectory() as folder:
        onnx = session(folder)
        theirs, ours = dict.fromkeys(LENGTHS, 0.0), dict.fromkeys(LENGTHS, 0.0)
        for _ in range(ROUNDS):
            for n, speed in our_speed(sys.argv[1]).items():
                ours[n] = max(ours[n], speed)
            for n in LENGTHS:
                theirs[n] = max(theirs[n], onnx_speed(onnx, n))
    for n in LENGTHS:
        print(f"{n:4} pieces a window: onrecord {ours[n]:7.0f}, ONNX Runtime {theirs[n]:7.0f} pieces/s, "
              f"{ours[n] / theirs[n]:.2f} times as fast")


if __name__ == "__main__":
    main()
