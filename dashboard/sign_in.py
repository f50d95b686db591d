"""What somebody sees who has not signed in, or may not look: one sentence and the way in."""

import streamlit as st

from dashboard import frame, identity
from dashboard.literal import literal


def page() -> None:
    """Say why nothing is shown, and offer what can be done about it."""
    standing = identity.current()
    with st.container(key="sign_in", width=560):
        known = standing.person is not None
        st.title(frame.say("sign_in.title_refused" if known else "sign_in.title"), anchor=False)
        st.markdown(frame.say(standing.refusal, **standing.values))
        if standing.person is not None:
            st.caption(frame.say("sign_in.as", name=literal(standing.person.name)))
        with st.container(horizontal=True):
            _ways_on(standing)


def _ways_on(standing: identity.Standing) -> None:
    if standing.person is None and standing != identity.NOBODY:  # the store is away: nothing to sign in for
        st.button(frame.say("frame.try_again"), key="try_again")
        return
    st.button(frame.say("sign_in.enter"), type="primary", icon=":material/login:", key="enter", on_click=_enter)
    if standing.person is not None:
        st.button(frame.say("sign_in.leave"), icon=":material/logout:", key="leave", on_click=frame.sign_out)


def _enter() -> None:
    st.login()
