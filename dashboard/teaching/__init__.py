"""The parts of the page on matching: its hit rate, the words it knows, and what resources are about."""
