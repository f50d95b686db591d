"""The cookie in which Streamlit keeps who has signed in, as it comes with a request for a route."""

import json
from collections.abc import Mapping

from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from config.sign_in import SignIn
from dashboard.claims import Claims


def claims(sent: Mapping[str, str], chosen: SignIn) -> Claims:
    """Give the claims in cookies that we have signed, for our own address; else none."""
    secret = get_cookie_secret()
    found = get_cookie_with_chunks(lambda name: decode_signed_value(secret, name, sent.get(name, "")), USER_COOKIE_NAME)
    told = json.loads(found) if found else {}
    # As Streamlit itself does for a page: a cookie of another address is none of ours.
    return told if isinstance(told, dict) and told.get("origin") == chosen.public_url else {}
