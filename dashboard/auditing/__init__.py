"""The parts of the page of the audit: events, and what is known of a person."""
