"""Read through the cache: any question of data.queries, once as long as the data is the same."""

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import streamlit as st
from sqlalchemy import Engine

from dashboard import source

P = ParamSpec("P")
T = TypeVar("T")
Question = tuple[str, str, str, tuple[object, ...], tuple[tuple[str, object], ...]]


class Reader:
    """Ask the store as of one state of the data: `read(companies.page, sought, 15)`; make one a run."""

    def __init__(self) -> None:
        self.stamp = source.stamp()

    def __call__(self, query: Callable[Concatenate[Engine, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Give the answer of a query to these arguments; frames are copies, so a view may change them."""
        question = (self.stamp, query.__module__, query.__name__, args, tuple(sorted(kwargs.items())))
        return cast("T", _answer(question, query))


@st.cache_data(show_spinner=False, max_entries=500)
def _answer(question: Question, _query: Callable[..., Any]) -> object:
    return _query(source.engine(), *question[3], **dict(question[4]))
