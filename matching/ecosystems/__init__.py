"""Who belongs together: companies as a network of what they exchange or could, and the groups that it falls into."""

from matching.ecosystems.communities import MEDIUM, OUTSIDE, find
from matching.ecosystems.network import Network, weave
from matching.ecosystems.portrait import Ecosystem, Portrait, describe
from matching.ecosystems.stability import stability

__all__ = ["MEDIUM", "OUTSIDE", "Ecosystem", "Network", "Portrait", "describe", "find", "stability", "weave"]
