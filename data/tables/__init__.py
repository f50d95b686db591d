"""The tables of the store as SQLAlchemy 2 classes; nobody outside data imports them."""

from data.tables.accounts import Account
from data.tables.actors import Contact, ContactLog, Expert, Organisation, Organiser, Site, Target
from data.tables.audit import Audit
from data.tables.base import LOOKUPS, Base, lookup
from data.tables.logs import Change, Dataset, DistanceCache, DistanceSite, ImportLog, Lesson
from data.tables.merges import Merge
from data.tables.places import EwcCode, Industry, Municipality, Region, Unit
from data.tables.resources import ConceptTerm, Event, Resource, ResourceYear
from data.tables.scenarios import Scenario
from data.tables.synergies import Benefit, Synergy, SynergyExpert, SynergyHistory
from data.tables.topics import ResourceTopic
from data.tables.workshops import Workshop, WorkshopCard, WorkshopLine

__all__ = [
    "LOOKUPS",
    "Account",
    "Audit",
    "Base",
    "Benefit",
    "Change",
    "ConceptTerm",
    "Contact",
    "ContactLog",
    "Dataset",
    "DistanceCache",
    "DistanceSite",
    "Event",
    "EwcCode",
    "Expert",
    "ImportLog",
    "Industry",
    "Lesson",
    "Merge",
    "Municipality",
    "Organisation",
    "Organiser",
    "Region",
    "Resource",
    "ResourceTopic",
    "ResourceYear",
    "Scenario",
    "Site",
    "Synergy",
    "SynergyExpert",
    "SynergyHistory",
    "Target",
    "Unit",
    "Workshop",
    "WorkshopCard",
    "WorkshopLine",
    "lookup",
]
