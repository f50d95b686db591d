"""What users see: the only floor that knows Streamlit and pydeck."""
