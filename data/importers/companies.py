"""Companies out of the register's free text: one for each name that the register gives, as the register counts them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b

from data.importers.faults import Cell
from data.importers.records import Record
from data.importers.text import clean, fold, plain
from data.model import OrganisationKind

CONFIDENTIAL = "CONFIDENTIAL"
_FORM = r"(?:oy|oyj|ab|abp|ky|ay|ltd|osuuskunta|llky)"
_PLANT = re.compile(r"^(?:parentCompany|Facility) of plant:\s*", re.IGNORECASE)
_FORMER = re.compile(r"\s*[,(]\s*\(?(?:ent|aik)\b\.?[^,]*", re.IGNORECASE)
_PUBLIC = re.compile(r"kaupunki|kunta\b|kuntayhtymä|virasto|\bHSY\b", re.IGNORECASE)


@dataclass(frozen=True)
class Company:
    """A company, the name it is shown by and the other ways it was written."""

    key: str
    name: str
    other_names: tuple[str, ...] = ()
    confidential: bool = False

    def record(self) -> Record:
        """Give what the store keeps of it."""
        public = bool(_PUBLIC.search(self.name))
        return {
            "source_key": self.key,
            "name": self.name,
            "other_names": list(self.other_names),
            "kind": str(OrganisationKind.PUBLIC_BODY if public else OrganisationKind.COMPANY),
            "naming_consent": not self.confidential,  # a public register names the others
        }


def companies(names: Iterable[Cell]) -> Mapping[str, Company]:
    """Find the company of each name as written.

    Two spellings stay two companies, as in the register's own count: that they are one is for a person to say, who
    can also take it back. The name without plant and former names is kept beside it, so that a search finds both.
    """
    return {name: _company(name) for name in {plain(name) for name in names}}


def bare(name: str) -> str:
    """Take plant and former names off a company's name."""
    text = " ".join(_PLANT.sub("", name).split())
    text = _FORMER.sub("", text).strip(" .,")
    head, comma, tail = re.sub(r"\s*\([^)]*,.*$", "", text).partition(",")
    two = comma and re.search(rf"\b{_FORM}\.?$", tail.strip(), re.IGNORECASE)
    return text if two else head.strip(" .")


def _company(written: str) -> Company:
    name = " ".join(_PLANT.sub("", clean(written).value or "").split())
    if name == CONFIDENTIAL:
        return Company("prtr:o:confidential", "PRTR", confidential=True)
    # Not the key of other importers, which folds letters: here every spelling is an entry of its own.
    mark = blake2b(written.encode("utf-8", "replace"), digest_size=12).hexdigest()
    return Company(f"prtr:o:{mark}", name, tuple({bare(name)} - {name}))


def site_name(full: str, company: Company) -> str:
    """Take the company's name off the front of a facility's: what is left is the plant."""
    text = " ".join(_PLANT.sub("", full).split())
    for name in sorted((company.name, *company.other_names), key=len, reverse=True):
        rest = re.sub(rf"^{re.escape(name)}\s*[,.]?\s*", "", text, count=1, flags=re.IGNORECASE)
        if rest != text and rest and fold(name) == fold(bare(name)):
            return rest
    return text.partition(",")[2].strip() or text
