"""A seeded, synthetic Finland at the scale of FISS, clearly labelled as such: written from knowledge of industries."""

from data.demo.whole import Demo, generate, parts

__all__ = ["Demo", "generate", "parts"]
