"""Show what people wrote letter by letter, wherever Streamlit or pydeck would read more into it; pure."""

import re

# A word joiner is as wide as nothing: it parts what the browser would otherwise join into a sign, a link or a value.
JOINER = "\u2060"

_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$&\"'/=^])")
# Read after Markdown has been taken apart, so that a backslash does not help: :smile:, :material/x:, www.x, a@b.
_JOINED = re.compile(r"(:|@|www(?=\.))(?=\S)", re.IGNORECASE)
_ARROWS = re.compile(r"(?<!\S)(<->|->|<-|--|>=|<=|~=)(?!\S)")


def literal(words: str) -> str:
    """Give text that Markdown (labels, headings, badges) shows as it stands, on one line."""
    line = " ".join(words.split())
    line = _ARROWS.sub(lambda found: JOINER.join(found[1]), line)
    return _MARKUP.sub(r"\\\1", _JOINED.sub(rf"\1{JOINER}", line))


def tooltip(words: str) -> str:
    """Give text for a field of a map's tooltip, which is escaped, but reads {name} as another field."""
    return words.replace("{", f"{{{JOINER}")
