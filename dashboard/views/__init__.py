"""What a page says, computed from frames without Streamlit or SQL."""
