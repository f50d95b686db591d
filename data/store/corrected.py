"""What people have corrected in imported rows: the next file leaves it as it is, whatever it says."""

from string import Template

# An import changes a row's content_hash, and a person doesn't; so the last change of a column tells whose it is.
_NOTED = Template("""
UPDATE incoming_$table i SET corrected = c.names FROM (
    SELECT row_id, array_agg(name) AS names FROM (
        SELECT DISTINCT ON (row_id, name) row_id, name, NOT new ? 'content_hash' AS by_hand
        FROM change, jsonb_object_keys(new) AS name
        WHERE table_name = '$table' AND operation = 'UPDATE'
        AND row_id IN (SELECT id FROM incoming_$table WHERE state = 'updated')
        ORDER BY row_id, name, change.id DESC
    ) last WHERE by_hand GROUP BY row_id
) c WHERE i.id = c.row_id AND i.state = 'updated'
""")


def noted(table: str) -> str:
    """Give the statement that notes which columns of an incoming table's rows somebody has corrected."""
    return _NOTED.substitute(table=table)
