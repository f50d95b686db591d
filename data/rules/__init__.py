"""What a form may save: raw values in, a row of the model or faults by field out; the same rules as for imports."""

from data.rules import organisation, resource, site

__all__ = ["organisation", "resource", "site"]
