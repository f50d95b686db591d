"""The errors that a user may see: a text id and the values that fill it in."""


class SynergiaError(Exception):
    """Refuse a request; `key` names the sentence in config/texts that says what, where and how to mend it."""

    def __init__(self, key: str, **values: object) -> None:
        self.key = key
        self.values = values
        super().__init__(key, values)

    def __str__(self) -> str:
        """Show the key and its values, for logs; people read `texts.text(key, language, **values)`."""
        return f"{self.key} {self.values}" if self.values else self.key


class SettingsProblem(SynergiaError):
    """A setting is missing or makes no sense."""


class StoreProblem(SynergiaError):
    """The database is away, too old, or refuses a change."""


class StaleEdit(StoreProblem):
    """Somebody else changed the row since it was read."""


class ImportProblem(SynergiaError):
    """A whole file is refused; a faulty row is a value in `Report.problems` instead."""


class GeoProblem(SynergiaError):
    """A point, outline or road graph can't be used."""


class MatchProblem(SynergiaError):
    """A match was asked for that can't be made."""
