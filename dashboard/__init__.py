"""What users see: the only floor that knows Streamlit and pydeck."""

import logging

# Streamlit warns of every cache that is made before its server runs, as all of ours are.
logging.getLogger("streamlit.runtime.caching.cache_data_api").addFilter(lambda record: record.levelno > logging.WARNING)
