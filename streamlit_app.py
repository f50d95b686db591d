"""The web door: an ASGI app for uvicorn, and for `streamlit run streamlit_app.py`, which looks for `app = st.App(`."""

import streamlit as st

from config import settings
from dashboard.server import SCRIPT, parts

app = st.App(SCRIPT, **parts(settings.load()))
