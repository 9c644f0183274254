"""Trains the one small model of onrecord: PyTorch here, Rust at run time (docs/model.md)."""
