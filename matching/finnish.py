"""Which stems a Finnish word takes its endings on: gradation, vowel and consonant stems, singular and plural.

Only as much grammar as the words of a table of materials need; it would rather allow a form that nobody writes than
miss one that somebody does.
"""

import re

VOWELS = "aeiouyäö"
_LAST_CLUSTER = re.compile(rf"^(.*?)([^{VOWELS}]*)([{VOWELS}]+)$")

# Strong grade -> weak grade of the consonants before the last vowel; the longest that fits is taken.
_WEAK = {
    "kk": "k",
    "pp": "p",
    "tt": "t",
    "nk": "ng",
    "nt": "nn",
    "mp": "mm",
    "lt": "ll",
    "rt": "rr",
    "ht": "hd",
    "lk": "l",
    "rk": "r",
    "hk": "h",
    "rp": "rv",
    "lp": "lv",
    "p": "v",
    "t": "d",
    "k": "",
}
_STRONG = {
    "ng": "nk",
    "nn": "nt",
    "mm": "mp",
    "ll": "lt",
    "rr": "rt",
    "hd": "ht",
    "rv": "rp",
    "lv": "lp",
    "lj": "lk",
    "k": "kk",
    "p": "pp",
    "t": "tt",
    "d": "t",
    "v": "p",
}
_UNCHANGED = ("st", "sk", "sp", "tk", "ts", "ks", "ps")  # poltto is graded, kuivaste is not

_ENDING = re.compile(
    r"[ij]?(?:n|t|a|ä|ta|tä|tta|ttä|na|nä|ssa|ssä|sta|stä|lla|llä|lta|ltä|lle|ksi|kse|h?[aeiouyäö]n|seen|siin|"
    r"den|tten|ten|en|hin|ne)?(?:ni|si|nsa|nsä|mme|nne|an|en)?(?:kin|kaan|kään|ko|kö|han|hän)?"
)


def is_ending(letters: str) -> bool:
    """Tell whether letters can follow a stem: case, number, possessive suffix and particle."""
    return _ENDING.fullmatch(letters) is not None


def stems(word: str) -> set[str]:
    """Give the stems of a word in the nominative, and the word itself."""
    found = {word}
    if word.endswith("nen"):
        found |= {word[:-3] + tail for tail in ("se", "s", "si")}
    elif word[-1] in VOWELS:
        found |= _vowel_stems(word)
    else:
        found |= _consonant_stems(word)
    return {stem for stem in found if len(stem) > 1}


def _vowel_stems(word: str) -> set[str]:
    last, two = word[-1], word[-2:]
    grades = {word} if last == "e" else {word, graded(word, _WEAK)}  # uute: uutteen, and uude- is nothing
    found = set(grades)
    if two in ("uo", "yö", "ie"):
        found.add(word[:-2] + word[-1] + "i")
    elif last == word[-2:-1]:
        found.add(word[:-1] + "i")
    elif last == "e":
        found |= {word + "e", graded(word, _STRONG) + "e", graded(word, _STRONG)}
    elif last == "i":
        for one in grades:
            found |= {one[:-1] + "e", one[:-1]}
        found |= _old_i_stems(word)
    elif last in "aä":
        rounded = "o" if last == "a" else "ö"
        for one in grades:
            found |= {one[:-1] + "i", one[:-1] + rounded}
    return found


def _old_i_stems(word: str) -> set[str]:
    if word.endswith("si") and word[-3:-2] in VOWELS + "lnr":  # vesi: veden, vettä, vesiä
        return {word[:-2] + tail for tail in ("de", "te", "t")}
    if word.endswith("ki"):  # olki: oljen
        return {word[:-2] + "je"}
    return set()


def _consonant_stems(word: str) -> set[str]:
    body, strong = word[:-1], graded(word[:-1], _STRONG)
    found: set[str] = set()
    if word.endswith("s"):
        found |= {body + "kse", body + "ksi"}
        found |= {one + tail for one in (body, strong) for tail in (body[-1], "i")}
        if word.endswith(("uus", "yys")):
            found |= {body + tail for tail in ("de", "te", "t")}
    elif word.endswith("in"):
        found |= {one + tail for one in (word[:-1], strong) for tail in ("me", "mi")}
    elif word.endswith(("ton", "tön")):
        found |= {word[:-3] + "tt" + word[-2] + tail for tail in ("ma", "mä", "mi")}
    elif word.endswith("t"):
        found |= {body, body + "e"}
    return found | {word + "e", word + "i"}


def graded(word: str, grades: dict[str, str]) -> str:
    """Change the consonants before the last vowel by a table of grades; a word without such a place stays."""
    parts = _LAST_CLUSTER.match(word)
    if parts is None or not parts[1]:
        return word
    head, cluster, tail = parts.groups()
    if cluster.endswith(_UNCHANGED):
        return word
    for letters in (cluster[-2:], cluster[-1:]):
        if letters in grades:
            return head + cluster[: len(cluster) - len(letters)] + grades[letters] + tail
    return word


def weak(word: str) -> str:
    """Give the weak grade: lauta, lauda-."""
    return graded(word, _WEAK)
