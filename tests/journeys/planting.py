"""Rows of every visibility, precision and consent, each with texts that stand nowhere else, and who may read them."""

from itertools import product

from sqlalchemy import Connection, text

from geo import crs

ALL = frozenset({"national", "regional", "planner", "company", "screen"})
EVERYBODY = ALL | {"public"}
COORDINATORS = frozenset({"national", "regional"})
NATIONAL = frozenset({"national"})
PLACES = {"own": "297", "other": "091"}  # Kuopio lies in the region of the regional coordinator, Helsinki does not
APART_M = 7  # of one planted site from the next: the fifth decimal of a degree is a metre
OWN_BUSINESS_ID = "2077474-0"
READERS = {"public": ALL, "network": COORDINATORS, "region": NATIONAL, "private": NATIONAL}


class Plot:
    """Remember every secret with those who may read it."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.secrets: dict[str, frozenset[str]] = {}
        self.companies: list[int] = []
        self.resources: list[int] = []

    def hide(self, words: str, may: frozenset[str], *more: str) -> str:
        """Note who may read a text."""
        self.secrets[words] = may | set(more)
        return words

    def all(self) -> None:
        """Plant a company of each kind, and the one of the company's user."""
        kinds = product(PLACES, READERS, ("exact", "municipality"), (True, False))
        for number, (where, shown, precision, named) in enumerate(kinds):
            self._company(number, where, shown, precision, named=named)
        self._own()
        self._showcase()

    def _add(self, table: str, **values: object) -> int:
        names, given = ", ".join(values), ", ".join(f":{one}" for one in values)
        added = text(f"INSERT INTO {table} ({names}) VALUES ({given}) RETURNING id")  # noqa: S608 - own names
        return int(self.connection.scalar(added, values) or 0)

    def _company(self, number: int, where: str, shown: str, precision: str, *, named: bool) -> None:
        near = ("regional",) if where == "own" else ()
        name = self.hide(f"Zqfirma{number}w", ALL if named else COORDINATORS)
        company = self._add("organisation", name=name, naming_consent=named)
        self.companies.append(company)
        mail = self.hide(f"zqmail{number}w@esimerkki.fi", NATIONAL, *near)
        self._add("contact", organisation_id=company, name=f"Zqhenkilo{number}w", email=mail)
        self.hide(f"Zqhenkilo{number}w", NATIONAL, *near)
        site = self._site(company, number, where, precision, near)
        title = self.hide(f"Zqvirta{number}w", READERS[shown], *near)
        amount = 7_000_123.0 + number * 1_013 + 0.625
        self.hide(str(amount), READERS[shown], *near)
        told = {"tonnes_low": amount, "tonnes_high": amount, "source_date": "2026-01-02"}
        made = self._add(
            "resource", site_id=site, direction="have", type="waste", visibility=shown, title=title, **told
        )
        self.resources.append(made)

    def _site(self, company: int, number: int, where: str, precision: str, near: tuple[str, ...]) -> int:
        middle = text("SELECT ST_X(point), ST_Y(point) FROM municipality WHERE code = :code")
        found = self.connection.execute(middle, {"code": PLACES[where]}).one()
        easting, northing = found[0] + 311.125 + APART_M * number, found[1] + 207.375 + APART_M * number
        address = f"Zqkatu{number}w"
        if precision == "municipality":
            self.hide(address, NATIONAL, *near)
            lon, lat = crs.to_wgs84([easting], [northing])
            for value in (f"{easting}", f"{northing}", f"{float(lon[0]):.5f}", f"{float(lat[0]):.5f}"):
                self.hide(value, NATIONAL, *near)
        point = f"SRID=3067;POINT({easting} {northing})"
        return self._add(
            "site", organisation_id=company, name="Tehdas", visibility=precision, point=point, address=address
        )

    def _own(self) -> None:
        """Plant the company of the company's user, of which only its own people and coordinators see all."""
        own = frozenset({"national", "company"})
        company = self._add(
            "organisation", name=self.hide("Zqoma0w", own | COORDINATORS), business_id=OWN_BUSINESS_ID,
        )  # fmt: skip
        self.companies.append(company)
        self._add("contact", organisation_id=company, name="Oma", email=self.hide("zqoma0w@esimerkki.fi", own))
        site = self._site(company, 99, "other", "exact", ())
        title = self.hide("Zqomavirta0w", own)
        self.resources.append(
            self._add("resource", site_id=site, direction="have", type="waste", visibility="private", title=title)
        )

    def _showcase(self) -> None:
        """Plant a completed synergy that two companies have released, which everybody may read."""
        ids = {}
        for number, side in enumerate(("have", "want")):
            name, title = (self.hide(f"{words}{side}w", EVERYBODY) for words in ("Zqnayte", "Zqnaytevirta"))
            company = self._add("organisation", name=name, naming_consent=True)
            site = self._site(company, 80 + number, "other", "exact", ())
            told = {"site_id": site, "direction": side, "type": "waste", "visibility": "public", "title": title}
            ids[f"{side}_id"] = self._add("resource", **told)
        self._add("synergy", **ids, stage="completed", showcase_consent=True)
