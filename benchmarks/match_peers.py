"""Others that find the most alike by letters alone: the same vectors, the same top, one thread each."""

from collections.abc import Callable, Mapping

import numpy as np
from scipy import sparse

from matching.index import MatchIndex

TOP = 10
CHUNK = 256

Block = tuple[sparse.csr_array, sparse.csr_array]  # the letters of the offers and of the needs of one family
Way = Callable[[Block], object]


def blocks(index: MatchIndex) -> list[Block]:
    """Give the letters of both sides of each family, as the numbers that peers reckon with."""

    def letters(direction: str, family: str) -> sparse.csr_array:
        return index.base.letters.rows((direction, family)).astype(np.float32)

    families = [family for direction, family in index.parts if direction == "have" and ("want", family) in index.parts]
    return [(letters("have", family), letters("want", family)) for family in families]


def _topn(block: Block) -> object:
    from sparse_dot_topn import sp_matmul_topn  # noqa: PLC0415 - a peer, installed for development alone

    have, want = (sparse.csr_matrix(side) for side in block)
    return sp_matmul_topn(have, sparse.csr_matrix(want.T), top_n=TOP, n_threads=1)


def _chunks(block: Block) -> object:
    have, want = block[0], block[1].T.tocsr()
    top = min(TOP, want.shape[1])
    return [
        np.argpartition((have[at : at + CHUNK] @ want).toarray(), -top, axis=1)[:, -top:]
        for at in range(0, have.shape[0], CHUNK)
    ]


def _neighbours(block: Block) -> object:
    from sklearn.neighbors import NearestNeighbors  # noqa: PLC0415 - costs seconds at start-up

    top = min(TOP, block[1].shape[0])
    return NearestNeighbors(n_neighbors=top, metric="cosine", algorithm="brute").fit(block[1]).kneighbors(block[0])


WAYS: Mapping[str, Way] = {
    "sparse_dot_topn": _topn,
    "scipy in chunks": _chunks,
    "NearestNeighbors": _neighbours,
}
