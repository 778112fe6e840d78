"""TrustBoard. `streamlit run app.py` and `uvicorn app:app` both open it.

A server imports this file as a module and finds the application: the pages, the read-only API
beside them and the headers around both. Streamlit then runs the same file for each visit: the frame
is drawn here, the pages are in `pages/`.
"""

import streamlit as st

from trustboard.serving import parts

if __name__ == "__main__":
    from trustboard.ui.frame import close_frame, open_frame
    from trustboard.ui.kept_runs import kept_for_others, shown_again, state_of_run
    from trustboard.ui.pages import listed_pages, unlisted_pages

    state = state_of_run()
    if not shown_again(state):
        with kept_for_others(state):
            listed = listed_pages()
            page = st.navigation([*listed, *unlisted_pages()], position="hidden")
            st.set_page_config(page_title=f"{page.title} – TrustBoard", layout="centered")
            slug = open_frame(listed, title=page.title)
            if slug is not None:
                page.run()
            close_frame(slug)
else:
    app = st.App(__file__, **parts(__file__))
