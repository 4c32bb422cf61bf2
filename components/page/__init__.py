"""The Streamlit page: the only room that knows Streamlit."""
