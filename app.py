"""TrustBoard: `streamlit run app.py`. The frame is drawn here, the pages are in `pages/`."""

import streamlit as st

from trustboard.ui.frame import close_frame, open_frame
from trustboard.ui.pages import listed_pages

listed = listed_pages()
page = st.navigation(listed, position="hidden")
st.set_page_config(page_title=f"{page.title} – TrustBoard", layout="centered")
slug = open_frame(listed, title=page.title)
if slug is not None:
    page.run()
close_frame(slug)
