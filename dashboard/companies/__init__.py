"""The parts of the page of companies: the list, one company, its resources, sites and history."""
