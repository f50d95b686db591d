"""Points, regions, roads and hauls; this floor knows nothing of organisations and is tested with arrays."""
