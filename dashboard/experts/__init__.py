"""The parts of the page of experts, and the help that a synergy is offered."""
