"""Pages that are for coordinators: others are told so, and the database would show them nothing."""

import streamlit as st

from dashboard import frame
from data import viewer
from data.viewer import Role

COORDINATORS = frozenset({Role.NATIONAL, Role.REGIONAL})


def only() -> bool:
    """Tell whether a coordinator looks; say who may where it is somebody else."""
    seen = viewer.current()
    if seen is not None and seen.role in COORDINATORS:
        return True
    st.info(frame.say("activating.only_coordinators"), icon=":material/lock:")
    return False
