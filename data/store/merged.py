"""What people have merged, as an import sees it: a row that went into another is that one, and isn't made again."""

from collections.abc import Iterator
from string import Template

# Who went where, to the end of the chain; what was taken back counts for nothing.
_INTO = Template("""
WITH RECURSIVE went AS (
    SELECT gone_id, kept_id, 1 AS steps FROM merge WHERE kind = '$table' AND undone_at IS NULL
    UNION
    SELECT w.gone_id, m.kept_id, w.steps + 1 FROM went w
    JOIN merge m ON m.kind = '$table' AND m.undone_at IS NULL AND m.gone_id = w.kept_id WHERE w.steps < 20
)
UPDATE incoming_$table i SET id = k.id, state = 'unchanged'
FROM $table g JOIN went w ON w.gone_id = g.id JOIN $table k ON k.id = w.kept_id AND k.deleted_at IS NULL
WHERE i.id IS NULL AND g.source_key = i.source_key AND g.deleted_at IS NOT NULL
""")
# By another of its names, where one company alone bears that.
_CALLED = """
UPDATE incoming_organisation i SET id = o.id, state = 'unchanged' FROM (
    SELECT min(id) AS id, lower(called) AS name, demo
    FROM organisation, unnest(array_append(other_names, name)) AS called
    -- Grouping the names of all companies takes longer than all else where they are many.
    WHERE deleted_at IS NULL AND lower(called) IN (
        SELECT lower(name) FROM incoming_organisation WHERE id IS NULL AND business_id IS NULL)
    GROUP BY lower(called), demo HAVING count(DISTINCT id) = 1) o
WHERE i.id IS NULL AND i.business_id IS NULL AND o.name = lower(i.name) AND o.demo = i.demo
"""


def into(table: str) -> Iterator[str]:
    """Give the statement that finds for incoming rows what they were merged into; sites are never merged."""
    if table != "site":
        yield _INTO.substitute(table=table)


def called() -> str:
    """Give the statement that finds for incoming companies the one that bears their name beside its own."""
    return _CALLED
