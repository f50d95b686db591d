"""The public page of completed symbioses: no session, no script, and nothing else behind it."""
