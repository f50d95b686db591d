"""A seeded, synthetic Finland at the scale of FISS, clearly labelled as such: written from knowledge of industries."""

from data.demo.frame import AS_OF, DOCUMENT
from data.demo.whole import SEED, Demo, generate, parts

__all__ = ["AS_OF", "DOCUMENT", "SEED", "Demo", "generate", "parts"]
