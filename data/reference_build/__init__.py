"""Compute the tables of data/reference from the publishers' own files: no database, the same bytes each time."""
