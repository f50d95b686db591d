"""All that the store knows of one person: what is handed out when somebody asks, and what an erasure empties."""

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, text

from config.errors import StoreProblem
from data.store import refusals

# A name stands in its cases in a note. These are the endings of Finnish, with the genitive of Swedish and English.
_ENDING = (
    r"(?::?i?(?:n|a|ä|ta|tä|tta|ttä|ssa|ssä|sta|stä|lla|llä|lta|ltä|lle|na|nä|ksi|[aeiouyäö]n|h[aeiouyäö]n|seen)|'?s)?"
)
# In JSON a line break is two characters, of which the second would count as a letter of the word behind it.
_BEGIN = r"(?:(?<!\w)|(?<=\\[nrtbf]))"
_END = r"(?!\w)"
_SPACE = r"(?:\s|\\[nrt]|,)+"
_FEWEST_DIGITS = 6
# What the consonants before the last vowel become in most cases; after an s they stay.
_WEAK = {"kk": "k", "pp": "p", "tt": "t", "nk": "ng", "nt": "nn", "lt": "ll", "rt": "rr", "mp": "mm"}
_WEAK |= {"k": "", "p": "v", "t": "d"}
_GRADED = re.compile(r"(.*?)(kk|pp|tt|nk|nt|lt|rt|mp|(?<![sS])[kpt])([aeiouyäö])", re.IGNORECASE)


@dataclass(frozen=True)
class Person:
    """Say by what somebody is found: names, e-mail addresses and telephone numbers, as they may stand in any text.

    A name of one word is looked for only where it is all that a field holds; `words` are looked for anywhere.
    """

    names: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def signs(self) -> tuple[str, ...]:
        """Give all that the person is found by."""
        return tuple(one for one in (*self.names, *self.emails, *self.phones, *self.words) if one.strip())

    @property
    def pattern(self) -> str:
        """Give the regular expression of PostgreSQL that finds any of them; StoreProblem where there is nothing."""
        found = [
            *(_name(one) for one in self.names if one.strip()),
            *(
                rf"(?:(?<![\w.+-])|(?<=\\[nrtbf])){re.escape(one.strip())}(?![\w-])"
                for one in self.emails
                if one.strip()
            ),
            *(_phone(one) for one in self.phones if len(_digits(one)) >= _FEWEST_DIGITS),
            *(_BEGIN + _inflected(one.strip()) + _END for one in self.words if one.strip()),
        ]
        if not found:
            raise StoreProblem("person.nobody")
        return "|".join(found)


def known(engine: Engine, person: Person) -> dict[str, list[dict[str, Any]]]:
    """Give all rows that tell of a person, by table, as they are; deleted ones and the history too.

    Only the national coordinator and the owner may ask; anybody else is refused by the database.
    """
    with refusals(), engine.connect() as connection:
        return dict(connection.scalar(text("SELECT person_known(:pattern)"), {"pattern": person.pattern}) or {})


def contact(engine: Engine, contact_id: int) -> Person:
    """Tell by what a contact is found; an address or number that others share is no sign of one person."""
    with refusals(), engine.connect() as connection:
        return contact_signs(connection, contact_id)


def contact_signs(connection: Connection, contact_id: int) -> Person:
    """Tell the same within a transaction; StoreProblem where there is no such contact."""
    statement = """
    SELECT c.name,
        CASE WHEN NOT EXISTS (SELECT FROM contact o WHERE o.id <> c.id AND lower(o.email) = lower(c.email))
            THEN c.email ELSE '' END AS email,
        CASE WHEN NOT EXISTS (SELECT FROM contact o WHERE o.id <> c.id AND o.phone = c.phone)
            THEN c.phone ELSE '' END AS phone
    FROM contact c WHERE c.id = :id
    """
    found = connection.execute(text(statement), {"id": contact_id}).one_or_none()
    if found is None:
        raise StoreProblem("store.not_found")
    return Person((found.name,), (found.email,), (found.phone,))


def _name(name: str) -> str:
    words = name.split()
    if len(words) == 1:
        return rf'(?:^|(?<=")){_literal(words[0])}(?:$|(?="))'
    first, last = [_literal(word) for word in words[:-1]], words[-1]
    either = _SPACE.join([*first, _inflected(last)]), _SPACE.join([_literal(last), *first[:-1], _inflected(words[-2])])
    return _BEGIN + "(?:" + "|".join(either) + ")" + _END


def _inflected(word: str) -> str:
    if word.casefold().endswith("nen"):  # Virtanen: Virtasen, Virtaselle, Virtasta
        return _literal(word[:-3]) + r"(?:nen|s(?:e\w{0,6}|ta))"
    return "(?:" + "|".join(map(_literal, _stems(word))) + ")" + _ENDING


def _stems(word: str) -> list[str]:
    """Give a word and the stems of its cases: Koski, Koske-n; Mäki, Mäe-n; Lahti, Lahde-n; Virta, Virra-n."""
    strong = [word, word[:-1] + "e"] if word.casefold().endswith("i") else [word]
    weak = [found[1] + _WEAK[found[2].casefold()] + found[3] for one in strong if (found := _GRADED.fullmatch(one))]
    return list(dict.fromkeys([*strong, *weak]))


def _literal(word: str) -> str:
    return re.escape(word).replace('"', r'\\?"')  # as JSON writes it, too


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)


def _phone(number: str) -> str:
    """Find a number with any spaces and dashes in it, from Finland and from abroad."""
    bare = re.sub(r"^(?:00358|358|0)", "", _digits(number))
    return r"(?<!\d)(?:\+?358|00358|0)?[\s()\-]*" + r"[\s()\-]*".join(bare) + r"(?!\d)"
