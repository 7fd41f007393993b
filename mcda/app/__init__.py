"""The Streamlit app: pages that ask, show a finding and save."""
