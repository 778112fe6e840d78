"""What a visitor sees. Nothing outside this package, `app.py` and `pages/` knows Streamlit."""
