"""The pages: each asks one question, shows a finding, saves what was answered.

They are not in a folder called ``pages``: Streamlit runs the files of such a folder by themselves,
without ``main.py``, for the first visitor who follows a link to one of them.
"""
