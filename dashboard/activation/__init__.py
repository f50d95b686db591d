"""The parts of the page of activation; `company` is also a part of a company's profile."""
