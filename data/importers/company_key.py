"""By what two ways to write one company's name are known to be the same: VALIO OY, Valio and Oy Valio Ab are one."""

import re
import unicodedata

FORMS = (
    *("oyj", "oy", "abp", "ab", "ky", "kb", "ay", "tmi", "osk", "osuuskunta", "andelslag"),
    *("ry", "rf", "ltd", "plc", "inc"),
)
_FORM = re.compile(rf"\b(?:{'|'.join(FORMS)})\b")

# The same as `company_key`, of a column of the store.
SQL = rf"""trim(regexp_replace(regexp_replace(regexp_replace(lower({{name}}), '\W+', ' ', 'g'),
    '\m({"|".join(FORMS)})\M', '', 'g'), '\s+', ' ', 'g'))"""


def company_key(name: str) -> str:
    """Leave the form of the company, signs and capitals out of its name; a name of nothing else stays as it is."""
    words = re.sub(r"\W+", " ", unicodedata.normalize("NFC", name).lower())
    return " ".join(_FORM.sub("", words).split()) or words.strip()
