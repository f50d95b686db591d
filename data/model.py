"""The words of the domain as types, without any framework."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Direction(StrEnum):
    """Tell what is offered from what is wanted."""

    HAVE = "have"
    WANT = "want"


class ResourceType(StrEnum):
    """Name the nine types of resource that FISS collects."""

    MATERIAL = "material"
    WASTE = "waste"
    ENERGY = "energy"
    WATER = "water"
    LOGISTICS = "logistics"
    STORAGE = "storage"
    CAPACITY = "capacity"
    SERVICE = "service"
    EXPERTISE = "expertise"


class Stage(StrEnum):
    """Name the stages of a synergy, in their order; lapsed stands outside it."""

    IDENTIFIED = "identified"
    DISCUSSING = "discussing"
    ASSESSING = "assessing"
    NEGOTIATING = "negotiating"
    IMPLEMENTING = "implementing"
    COMPLETED = "completed"
    LAPSED = "lapsed"


class Rollup(StrEnum):
    """Name the three classes in which Motiva reports synergies."""

    IDENTIFIED = "identified"
    ADVANCED = "advanced"
    COMPLETED = "completed"


ROLLUP: Mapping[Stage, Rollup] = {
    Stage.IDENTIFIED: Rollup.IDENTIFIED,
    Stage.DISCUSSING: Rollup.ADVANCED,
    Stage.ASSESSING: Rollup.ADVANCED,
    Stage.NEGOTIATING: Rollup.ADVANCED,
    Stage.IMPLEMENTING: Rollup.ADVANCED,
    Stage.COMPLETED: Rollup.COMPLETED,
}


class LapseReason(StrEnum):
    """Say why a synergy ended without a result."""

    PRICE = "price"
    QUALITY = "quality"
    QUANTITY = "quantity"
    DISTANCE = "distance"
    PERMIT = "permit"
    WITHDRAWN = "withdrawn"
    OTHER = "other"


class Visibility(StrEnum):
    """Say who may see a resource."""

    PUBLIC = "public"
    NETWORK = "network"
    REGION = "region"
    PRIVATE = "private"


class SiteVisibility(StrEnum):
    """Say how exactly others may see where a site is."""

    EXACT = "exact"
    MUNICIPALITY = "municipality"


class Precision(StrEnum):
    """Say how exactly we know where a site is."""

    EXACT = "exact"
    ADDRESS = "address"
    POSTAL = "postal"
    MUNICIPALITY = "municipality"


class Continuity(StrEnum):
    """Tell a single batch from a flow; the two are never added up."""

    ONE_OFF = "one_off"
    CONTINUOUS = "continuous"


class Channel(StrEnum):
    """Say how a resource was collected."""

    WORKSHOP = "workshop"
    VISIT = "visit"
    INTERVIEW = "interview"
    SURVEY = "survey"
    FLOW_STUDY = "flow_study"
    MATERIAL_AUDIT = "material_audit"
    MATERIAALITORI = "materiaalitori"
    REGISTER = "register"
    OTHER = "other"


class OrganisationKind(StrEnum):
    """Say what an organisation is."""

    COMPANY = "company"
    PUBLIC_BODY = "public_body"
    ASSOCIATION = "association"
    RESEARCH = "research"
    OTHER = "other"


class Activation(StrEnum):
    """Say how far a company has come into the network."""

    KNOWN = "known"
    CONTACTED = "contacted"
    COMMITTED = "committed"
    IN_WORKSHOP = "in_workshop"
    ACTIVE = "active"
    DORMANT = "dormant"


class EventKind(StrEnum):
    """Name the occasions on which resources are collected."""

    WORKSHOP = "workshop"
    VISIT = "visit"
    SURVEY = "survey"


class Method(StrEnum):
    """Say how a distance was found; an estimate is never passed off as a road distance."""

    ROAD = "road"
    ROAD_FERRY = "road+ferry"
    ESTIMATE = "estimate"
    NONE = "none"


class Basis(StrEnum):
    """Say how sure a figure is."""

    DECLARED = "declared"
    ESTIMATED = "estimated"
    VERIFIED = "verified"


class Metric(StrEnum):
    """Name the benefit metrics of NISP, each with its unit."""

    LANDFILL_DIVERTED = "landfill_diverted_tonnes_per_year"
    CO2E_REDUCED = "co2e_reduced_tonnes_per_year"
    VIRGIN_SAVED = "virgin_saved_tonnes_per_year"
    HAZARDOUS_ELIMINATED = "hazardous_eliminated_tonnes_per_year"
    WATER_SAVED = "water_saved_m3_per_year"
    ENERGY_SAVED = "energy_saved_mwh_per_year"
    COST_SAVINGS = "cost_savings_eur_per_year"
    ADDITIONAL_SALES = "additional_sales_eur_per_year"
    PRIVATE_INVESTMENT = "private_investment_eur"
    JOBS = "jobs_fte"


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Say where a row comes from: its channel, document and date, its key there, and whether it is invented."""

    channel: Channel = Channel.OTHER
    document: str = ""
    dated: date | None = None
    key: str | None = None
    demo: bool = False


@dataclass(frozen=True, kw_only=True)
class Organisation:
    """Describe a company or public body."""

    name: str
    business_id: str | None = None
    other_names: tuple[str, ...] = ()
    industry_code: str | None = None
    industry_version: str = "TOL2008"
    kind: OrganisationKind = OrganisationKind.COMPANY
    activation: Activation = Activation.KNOWN
    naming_consent: bool = False
    origin: Origin = field(default_factory=Origin)


@dataclass(frozen=True, kw_only=True)
class Site:
    """Describe a place of business; its point is in EPSG:3067 metres."""

    name: str
    easting_m: float
    northing_m: float
    precision: Precision = Precision.EXACT
    visibility: SiteVisibility = SiteVisibility.EXACT
    address: str = ""
    postal_code: str | None = None
    postal_place: str = ""
    origin: Origin = field(default_factory=Origin)


@dataclass(frozen=True, kw_only=True)
class Resource:
    """Describe something a site offers or wants; quantities are ranges in the unit given."""

    direction: Direction
    type: ResourceType
    title: str
    description: str = ""
    language: str = "fi"
    concepts: tuple[str, ...] = ()
    ewc_code: str | None = None
    hazardous: bool = False
    quantity_low: float | None = None
    quantity_high: float | None = None
    unit: str | None = None
    tonnes_low: float | None = None
    tonnes_high: float | None = None
    tonnes_basis: Basis | None = None
    continuity: Continuity = Continuity.CONTINUOUS
    available_from: date | None = None
    available_to: date | None = None
    season_months: tuple[int, ...] = ()
    attributes: Mapping[str, object] = field(default_factory=dict)
    visibility: Visibility = Visibility.NETWORK
    expires_on: date | None = None
    event_id: int | None = None
    origin: Origin = field(default_factory=Origin)
