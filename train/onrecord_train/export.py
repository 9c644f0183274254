"""The weights file that `crates/onrecord-model` embeds, and a simulation of its arithmetic in PyTorch.

Layout: safetensors, metadata {"format": "3"}. A parameter keeps its name in the state dict of `model.Model`.
  matrices                i8 [n, m], and `NAME.scale` f32 [n]: row i is `scale[i] * i8[i]`, i8 within ±127
  vectors, `*.transition` f32 as they are; what BIO forbids is not in the file
  vocabulary              u8: the pieces in the order of their ids, joined by newlines
The bytes depend on nothing but the parameters and the vocabulary.

The activations that enter the four big products of a block are quantised when the model runs, each row (token) by
itself: x ~ s * (u - z), u 0 to 255, s = (max(x, 0) - min(x, 0)) / 255, z = round(-min(x, 0) / s). All else is f32.
"""
import copy
import os

import numpy
import safetensors.numpy
import torch
from torch import nn
from torch.nn import functional as F

FORMAT = "3"


def is_matrix(name, parameter):
    return parameter.dim() == 2 and not name.endswith(".transition")


def quantise(weight):
    """(i8, scale) of a matrix, symmetric, by row."""
    scale = weight.float().abs().amax(1) / 127
    return torch.round(weight.float() / scale.clamp(min=1e-30)[:, None]).clamp(-127, 127).to(torch.int8), scale


def write(model, vocab_path, path):
    """The weights file of a `model.Model`."""
    tensors = {}
    for name, parameter in model.named_parameters():
        parameter = parameter.detach()
        if is_matrix(name, parameter):
            values, scale = quantise(parameter)
            tensors[name] = values.numpy()
            tensors[f"{name}.scale"] = scale.numpy()
        else:
            tensors[name] = parameter.float().numpy()
    pieces = [line.rstrip("\n") for line in open(vocab_path, encoding="utf8", newline="\n")]
    tensors["vocabulary"] = numpy.frombuffer("\n".join(pieces).encode(), dtype=numpy.uint8)
    # One metadata key: the writer keeps metadata in a hash map, and more would come in any order.
    safetensors.numpy.save_file(tensors, path, metadata={"format": FORMAT})
    os.chmod(path, 0o644)       # the writer makes it private


class QuantisedLinear(nn.Module):
    """A linear layer as the kernels compute it, but for the order of sums."""

    def __init__(self, linear):
        super().__init__()
        self.weight, self.bias = linear.weight, linear.bias

    def forward(self, x):
        x = x.float()
        low, high = x.amin(-1, keepdim=True).clamp(max=0), x.amax(-1, keepdim=True).clamp(min=0)
        s = ((high - low) / 255).clamp(min=1e-30)
        z = torch.round(-low / s)
        u = torch.round(x / s + z).clamp(0, 255)
        return F.linear((u - z) * s, self.weight, self.bias)


def simulate(model):
    """A copy that computes as the exported model does; use it without autocast."""
    model = copy.deepcopy(model).eval()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if is_matrix(name, parameter):
                values, scale = quantise(parameter)
                parameter.copy_(values.float() * scale[:, None])
    for block in model.encoder.blocks:
        for name in ("qkv", "out", "up", "down"):
            setattr(block, name, QuantisedLinear(getattr(block, name)))
    return model
