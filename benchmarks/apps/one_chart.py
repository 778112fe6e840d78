"""An untuned page with one Plotly chart: what a first visit is compared with."""

import plotly.express as px
import streamlit as st

st.title("One chart")
st.plotly_chart(px.bar(x=[2019, 2020, 2021, 2022, 2023], y=[120, 140, 90, 110, 130]))
