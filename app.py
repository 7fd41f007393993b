"""The entry for ``streamlit run app.py`` and for hosts: the web app around ``mcda/app/main.py``."""

from streamlit import App

from mcda.app.server import MAIN_SCRIPT, MIDDLEWARE, lifespan

app = App(MAIN_SCRIPT, lifespan=lifespan, middleware=MIDDLEWARE)
