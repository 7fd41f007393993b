"""A Streamlit page of its own making, with the kinds of widgets that the app uses.

What axe-core finds here is Streamlit's; what it finds beyond this is ours.
"""

import streamlit as st


def home() -> None:
    st.title("Title")
    st.header("Header")
    st.write("Text with a [link](#title).")
    st.caption("Caption")
    st.radio("Radio", ["One", "Two"], help="Help")
    st.slider("Slider", 0, 100, 50)
    st.number_input("Number", 0, 100, 50)
    st.selectbox("Select", ["One", "Two"])
    st.multiselect("Several", ["One", "Two"], default=["One"])
    st.segmented_control("Segments", ["One", "Two"], default="One")
    st.checkbox("Checkbox")
    st.toggle("Toggle")
    st.text_input("Line", placeholder="Placeholder")
    st.text_area("Lines")
    st.file_uploader("File", type=["json"])
    st.download_button("Download", data="x", on_click="ignore")
    st.table({"a": [1]}, alt="Table")
    st.dataframe({"a": [1]}, hide_index=True, alt="Grid")
    st.plotly_chart({"data": [{"type": "bar", "x": [1], "y": [2]}], "layout": {}}, alt="Chart")
    st.tabs(["One", "Two"])
    st.metric("Metric", 1)
    st.info("Info")
    st.progress(50, "Progress")
    with st.expander("Expander"):
        st.write("Inside")
    with st.popover("Popover"):
        st.write("Inside")
    with st.form("form"):
        st.text_input("Field")
        st.form_submit_button("Save", type="primary")
    with st.container(horizontal=True):
        st.button("Button")
        st.button("Disabled", disabled=True)


def other() -> None:
    st.title("Other")


st.set_page_config(page_title="Bare page", layout="wide")
st.navigation([st.Page(home, default=True), st.Page(other)], position="top").run()
