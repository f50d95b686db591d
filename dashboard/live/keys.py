"""Join codes and screens' tokens: reckoned from the installation's own key, so no copy of the store gives them away.

A code has six signs of thirty-one: 887 million. With at most `gate.GUESSES` wrong ones a minute a guesser needs
decades; the letters and digits that are taken for one another are left out.
"""

import hmac
from hashlib import sha256

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 6
HALF = 3
_LOOKALIKES = str.maketrans({"0": "Q", "O": "Q", "1": "J", "I": "J", "L": "J"})


def code(secret: str, event_id: int, number: int) -> str:
    """Give the join code of an event's round."""
    left = int.from_bytes(_made(secret, "code", event_id, number), "big")
    signs = []
    for _ in range(LENGTH):
        left, at = divmod(left, len(ALPHABET))
        signs.append(ALPHABET[at])
    return "".join(signs)


def token(secret: str, event_id: int, number: int) -> str:
    """Give the token that opens the screen of an event's round: 128 bits."""
    return _made(secret, "screen", event_id, number)[:16].hex()


def digest(secret: str, what: str, given: str) -> str:
    """Give the form in which the store keeps a code or a token."""
    return hmac.new(secret.encode(), f"workshop kept {what} {given}".encode(), sha256).hexdigest()


def typed(given: str) -> str:
    """Read a code as people type it: small letters, spaces, and signs that look like others."""
    bare = "".join(sign for sign in given.upper() if sign.isalnum())
    return bare.translate(_LOOKALIKES)


def shown(given: str) -> str:
    """Write a code for people: two halves."""
    return f"{given[:HALF]} {given[HALF:]}"


def _made(secret: str, what: str, event_id: int, number: int) -> bytes:
    return hmac.new(secret.encode(), f"workshop {what} {event_id} {number}".encode(), sha256).digest()
