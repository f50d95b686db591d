"""One module a page, each with page(): filter, source, view, layers, widgets."""
