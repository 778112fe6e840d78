"""The script for charts goes out with the kinds that figures are made of, or as it was built."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustboard.figures.sketch import KINDS
from trustboard.serving import build, chart_kinds

#: Things in which a brace does not count, as a minifier writes them.
HIDING = (
    'var a="}{";',
    "var b='it\\'s } here';",
    "var c=`{ ${d({e:`}`})} }`;",
    "var f=/[/}]{2}\\/}/g.test(g);",
    "h=i/2/{j:1}.j;",
    "return/}/.exec(k)",
    "/*! } */",
    "if(l){m({n:{}})}",
)


def script(bodies: dict[str, str], *, kinds: str = "Bar(),Box()") -> str:
    """Write a script as it is built: some lines, modules, the line that registers kinds."""
    modules = {
        "Core": '"src/core.js"(e,t){var n=Scatter();t.exports={register(){}}}',
        "Scatter": '"src/traces/scatter/index.js"(e,t){t.exports=Shared()}',
        "BarIndex": '"src/traces/bar/index.js"(e,t){t.exports=Shared()}',
        "Bar": '"lib/bar.js"(e,t){t.exports=BarIndex()}',
        "BoxIndex": '"src/traces/box/index.js"(e,t){t.exports=[Shared(),Depth()]}',
        "Box": '"lib/box.js"(e,t){t.exports=BoxIndex()}',
        "Shared": '"src/shared.js"(e,t){}',
        "Depth": '"node_modules/depth/index.js"(e,t){deep()}',
    }
    parts = [f"{name}=w({{{text[:-1]}{bodies.get(name, '')}}}}})" for name, text in modules.items()]
    end = f'return w({{"lib/index.js"(e,t){{var n=Core();n.register([{kinds}]),t.exports=n}}}})();'
    return "import{a}from'./a.js';var " + ",".join(parts) + ";" + end


def test_what_draws_a_wanted_kind_stays_and_the_rest_is_emptied():
    found = chart_kinds.only(script({}), KINDS)
    assert found == (
        "import{a}from'./a.js';var "
        'Core=w({"src/core.js"(e,t){var n=Scatter();t.exports={register(){}}}}),'
        'Scatter=w({"src/traces/scatter/index.js"(e,t){t.exports=Shared()}}),'
        'BarIndex=w({"src/traces/bar/index.js"(e,t){t.exports=Shared()}}),'
        'Bar=w({"lib/bar.js"(e,t){t.exports=BarIndex()}}),'
        'BoxIndex=w({"src/traces/box/index.js"(){}}),'
        'Box=w({"lib/box.js"(){}}),'
        'Shared=w({"src/shared.js"(e,t){}}),'
        'Depth=w({"node_modules/depth/index.js"(){}});'
        'return w({"lib/index.js"(e,t){var n=Core();n.register([Bar()]),t.exports=n}})();'
    )


def test_functions_that_stand_before_a_module_go_and_stay_with_it():
    before = "Depth=w("
    whole = script({}).replace("," + before, ";function deep(){}var below," + before)
    kept = chart_kinds.only(whole, ["bar", "box"])
    left_out = chart_kinds.only(whole, ["bar"])
    assert kept is not None and ";function deep(){}var below,Depth=w(" in kept
    assert left_out is not None and "deep" not in left_out
    assert 'Shared=w({"src/shared.js"(e,t){}}),Depth=w({"node_modules/depth/index.js"(){}});' in (
        left_out
    )


@given(st.dictionaries(st.sampled_from(["Bar", "Box", "Shared", "Depth"]), st.sampled_from(HIDING)))
def test_a_brace_in_a_text_or_an_expression_ends_no_module(bodies):
    found = chart_kinds.only(script(bodies), ["bar", "box", "scatter"])
    assert found == script(bodies), "all kinds are wanted, so nothing may change"


@pytest.mark.parametrize(
    ("whole", "kinds"),
    [
        ("", ["bar"]),
        ("var a=1;", ["bar"]),
        (script({}).replace("register([", "add(["), ["bar"]),
        (script({}, kinds="Bar(),Unknown()"), ["bar"]),
        (script({"Shared": "{"}), ["bar"]),
        (script({"Shared": "a=`"}), ["bar"]),
        (script({}).replace("Depth=", "Shared="), ["bar"]),
        (script({}).replace("BarIndex()", "other"), ["bar"]),
        (script({}), ["bar", "pie"]),
    ],
)
def test_a_script_built_in_another_way_has_no_smaller_one(whole, kinds):
    assert chart_kinds.only(whole, kinds) is None


def test_the_installed_script_keeps_what_draws_our_figures_and_a_quarter_of_its_size():
    name = build.scripts_of("PlotlyChart")[0]
    whole = (build.folder() / "static/js" / name).read_text(encoding="utf-8")
    found = chart_kinds.only(whole, KINDS)
    assert found is not None, "Streamlit's build has changed: see chart_kinds"
    assert len(found) < len(whole) / 4
    emptied = set(re.findall(r'\{"([^"`]+)"\(\)\{\}\}', found)) - set(
        re.findall(r'\{"([^"`]+)"\(\)\{\}\}', whole)
    )
    assert {"lib/surface.js", "lib/box.js", "node_modules/maplibre-gl/dist/maplibre-gl.mjs"} < (
        emptied
    )
    drawing = ("traces/bar/", "traces/scatter/", "components/errorbars/", "components/modebar/")
    assert not [one for one in emptied if one.startswith(tuple(f"src/{part}" for part in drawing))]
    outside = whole[whole.index("return window.Plotly") :]
    assert found.endswith(outside), "what Streamlit does with Plotly is as it was"
