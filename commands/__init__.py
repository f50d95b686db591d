"""The command line: one module a group, registered here by its name alone so that a start loads only what it runs."""

GROUPS = {
    "db": "commands.db",
    "reference": "commands.reference",
    "import": "commands.imports",
    "export": "commands.exports",
    "report": "commands.report",
    "roads": "commands.roads",
    "match": "commands.match",
    "demo": "commands.demo",
    "bench": "commands.bench",
    "gdpr": "commands.gdpr",
    "account": "commands.account",
    "workshop": "commands.workshop",
    "serve": "commands.serve",
}
