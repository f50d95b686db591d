"""What a company's form may save."""

from dataclasses import replace

from data import model
from data.importers import business_id, text
from data.rules.checked import Checked, Desk, Raw


def check(raw: Raw) -> Checked[model.Organisation]:
    """Check a company: it needs a name, and its business ID must be one that can be issued.

    Fields: name, business_id, other_names (one a line), industry_code, kind, activation, naming_consent.
    """
    desk = Desk(raw)
    organisation = model.Organisation(
        name=desk.line("name", missing="name_missing"),
        business_id=desk.take("business_id", business_id.parse(str(raw.get("business_id") or ""))),
        other_names=_names(desk),
        industry_code=str(raw.get("industry_code") or "") or None,
        kind=desk.choice("kind", model.OrganisationKind.COMPANY),
        activation=desk.choice("activation", model.Activation.KNOWN),
        naming_consent=bool(raw.get("naming_consent")),
    )
    return desk.done(organisation)


def _names(desk: Desk) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for line in str(desk.raw.get("other_names") or "").splitlines():
        reading = text.clean(line)
        name = desk.take("other_names", replace(reading, faults=reading.faults[:1]))
        if name:
            found[name] = None
    return tuple(found)
