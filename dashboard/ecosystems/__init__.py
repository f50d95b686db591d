"""The parts of the page of regional ecosystems: one question each, over one choice of region, material and year."""
