"""What somebody writes in an evening: rows in a cached frame, filters, four Plotly Express charts.

`ROWS` names the file of complaints.
"""

import os

import pandas as pd
import plotly.express as px
import streamlit as st


@st.cache_data
def rows() -> pd.DataFrame:
    """Read the rows once; every visit gets a copy."""
    frame = pd.read_csv(os.environ["ROWS"], dtype=str)
    frame["day"] = pd.to_datetime(frame[os.environ["DAY"]], errors="coerce")
    frame["category"] = frame[os.environ["CATEGORY"]].fillna("unknown")
    return frame


frame = rows()
asked = st.query_params.get("category", "all")
if asked != "all":
    frame = frame[frame["category"] == asked]
years = frame.groupby(frame["day"].dt.year).size().reset_index(name="n")
st.plotly_chart(px.bar(years, x="day", y="n"), key="years")
months = frame.groupby(frame["day"].dt.to_period("M").astype(str)).size().reset_index(name="n")
st.plotly_chart(px.bar(months, x="day", y="n"), key="months")
kinds = frame.groupby("category").size().reset_index(name="n")
st.plotly_chart(px.bar(kinds, x="n", y="category"), key="kinds")
both = frame.groupby([frame["day"].dt.year, "category"]).size().reset_index(name="n")
st.plotly_chart(px.line(both, x="day", y="n", color="category"), key="both")
