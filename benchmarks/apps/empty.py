"""The least a Streamlit page can cost: what every other page is compared with."""

import streamlit as st

st.write("Nothing to see here.")
