"""Companies out of the register's free text: one company under one name, however it was typed that year."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from data.importers.faults import Cell
from data.importers.records import Record, key
from data.importers.text import fold, plain
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

    def of(self, facility: str) -> "Company":
        """Tell apart the companies that the register keeps secret: one a facility, for all we know."""
        return replace(self, key=f"{self.key}:{facility}", name=f"{self.name} {facility}")

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

    Letter case, spaces, hyphens and former names make no other company; what follows a comma names the plant, unless
    it is a company too: two that share a plant stay one entry of their own.
    """
    written = Counter(plain(name) for name in names)
    groups: dict[str, Counter[str]] = {}
    for name, times in written.items():
        groups.setdefault(fold(bare(name)), Counter())[name] += times
    found: dict[str, Company] = {}
    for group in groups.values():
        company = _company(group)
        found |= dict.fromkeys(group, company)
    return found


def bare(name: str) -> str:
    """Take plant and former names off a company's name."""
    text = " ".join(_PLANT.sub("", name).split())
    text = _FORMER.sub("", text).strip(" .,")
    head, comma, tail = re.sub(r"\s*\([^)]*,.*$", "", text).partition(",")
    two = comma and re.search(rf"\b{_FORM}\.?$", tail.strip(), re.IGNORECASE)
    return text if two else head.strip(" .")


def _company(group: Counter[str]) -> Company:
    shown = Counter[str]()
    for name, times in group.items():
        shown[bare(name)] += times
    # The spelling with the most small letters reads best: Valio Oy rather than VALIO OY.
    name = max(shown, key=lambda text: (sum(map(str.islower, text)), shown[text], text))
    spellings = {" ".join(_PLANT.sub("", written).split()) for written in group} - {name}
    if name == CONFIDENTIAL:
        return Company("prtr:o:confidential", "PRTR", confidential=True)
    return Company(f"prtr:{key('o', fold(name))}", name, tuple(sorted(spellings)))


def site_name(full: str, company: Company) -> str:
    """Take the company's name off the front of a facility's: what is left is the plant."""
    text = " ".join(_PLANT.sub("", full).split())
    for name in sorted((company.name, *company.other_names), key=len, reverse=True):
        rest = re.sub(rf"^{re.escape(name)}\s*[,.]?\s*", "", text, count=1, flags=re.IGNORECASE)
        if rest != text and rest and fold(name) == fold(bare(name)):
            return rest
    return text.partition(",")[2].strip() or text
