"""The least a Streamlit page can cost with every setting that TrustBoard uses."""

import gc
from contextlib import asynccontextmanager

import streamlit as st

if __name__ == "__main__":
    st.write("Nothing to see here.")
else:

    @asynccontextmanager
    async def settled(_app):
        """Leave what start-up has made out of every later collection."""
        gc.collect()
        gc.freeze()
        yield

    app = st.App(__file__, lifespan=settled)
