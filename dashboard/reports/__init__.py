"""The parts of the reports page: the yearly report, targets, organisers, and what is released to the public."""
