"""Pages that are for coordinators: others are told so, and the database would show them nothing."""

import streamlit as st

from dashboard import frame
from data import viewer
from data.viewer import Role

COORDINATORS = frozenset({Role.NATIONAL, Role.REGIONAL})


def coordinates() -> bool:
    """Tell whether a coordinator looks."""
    seen = viewer.current()
    return seen is not None and seen.role in COORDINATORS


def may_know_people() -> bool:
    """Tell whether a viewer is told of any company's people: coordinators, and companies of their own."""
    seen = viewer.current()
    return seen is not None and (seen.role in COORDINATORS or seen.role is Role.COMPANY)


def only() -> bool:
    """Tell whether a coordinator looks; say who may where it is somebody else."""
    if coordinates():
        return True
    st.info(frame.say("activating.only_coordinators"), icon=":material/lock:")
    return False
