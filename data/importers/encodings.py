"""Bytes to text: the same letters whatever encoding a file was saved in, or a refusal; never a replaced letter."""

import codecs
import re

from config.errors import ImportProblem

# Letters that a wrong guess puts inside words: „ for ä (cp850), Š for ä (Mac), and the like.
_ODD = re.compile(
    r"(?<=[A-Za-z])[„”“Ž™šŠ†‡‰‹›ŒœÐðÞþ¤¥§¶·¸¼½¾¿×÷Ÿ\u0080-\u009f](?=[A-Za-z])|[„Ž™](?=[a-z])|[\u0080-\u009f]"
)
_OURS = re.compile(r"[äöåÄÖÅéÉüÜ]")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_OLD = ("cp1252", "cp850", "mac_roman")
_SAMPLE = 20_000


def decode(data: bytes, file: str) -> tuple[str, str]:
    """Decode a file and tell its encoding; raise ImportProblem where no encoding of ours fits."""
    encoding = _encoding(data)
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError as error:
        raise ImportProblem("import.encoding", file=file) from error


def _encoding(data: bytes) -> str:
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name
    if wide := _wide(data[:_SAMPLE]):
        return wide
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _old(data)
    return "utf-8"


def _wide(sample: bytes) -> str:
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > len(sample) // 5 and even <= odd // 20:
        return "utf-16-le"
    return "utf-16-be" if even > len(sample) // 5 and odd <= even // 20 else ""


def _old(data: bytes) -> str:
    scores = {}
    for name in _OLD:
        try:
            sample = data.decode(name)
        except UnicodeDecodeError:
            continue
        scores[name] = len(_OURS.findall(sample)) - 3 * len(_ODD.findall(sample))
    # latin-1 differs from cp1252 in control characters only; it is the last resort where cp1252 has no letter.
    return max(scores, key=scores.__getitem__) if scores and max(scores.values()) >= 0 else "latin-1"
