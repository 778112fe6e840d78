"""Words on verdict charts and on printed figures lie on nothing, as a browser draws them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

APP = '[data-testid="stApp"][data-test-script-state="notRunning"]'
#: Gives, for each chart, every word that lies on a line or on other words. Lines that only guide
#: the eye from one printed dot to the next are thin and dotted; they are no data.
ON_SOMETHING = """() => {
// a number of a bar that stands on paper of its own, over the line of a date
const lifted = text => /^[\\d,]+$/.test(text.textContent)
  && +(text.parentNode.querySelector('.bg')?.style.fillOpacity || 0) === 1
return [...document.querySelectorAll('.js-plotly-plot')].flatMap(chart => {
  const boxes = [...chart.querySelectorAll('.annotation-text, .textpoint text, .bartext')]
    .filter(text => text.textContent.trim() && !lifted(text))
    .map(text => [text.textContent, text.getBoundingClientRect()])
  const found = boxes.flatMap(([words, box], at) => boxes.slice(at + 1)
    .filter(([, other]) => box.left < other.right - 1 && other.left < box.right - 1
      && box.top + 3 < other.bottom - 3 && other.top + 3 < box.bottom - 3)
    .map(([others]) => `${words} on ${others}`))
  const drawn = chart._fullLayout.shapes.map(shape => shape.type)
  const lines = [...chart.querySelectorAll('.scatterlayer .js-line')]
    .filter(line => getComputedStyle(line).strokeWidth !== '1px')
  const shapes = [...chart.querySelectorAll('.shapelayer path')]
    .filter(path => drawn[path.dataset.index] === 'line')
  for (const line of [...lines, ...shapes]) {
    const to = line.getScreenCTM()
    for (let along = 0; along <= line.getTotalLength(); along += 1) {
      const at = line.getPointAtLength(along).matrixTransform(to)
      for (const [words, box] of boxes)
        if (box.left + 1 < at.x && at.x < box.right - 1
            && box.top + 3 < at.y && at.y < box.bottom - 3) found.push(`${words} on a line`)
    }
  }
  return [...new Set(found)]
})}"""


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    ("address", "charts", "written"),
    [
        ("commitments?city=riverbend&commitment=calmer-streets", 5, "33,508"),
        ("commitments?city=riverbend&commitment=faster-answers", 1, "promised:"),
        ("commitments?city=riverbend&commitment=walks-again", 1, "Jun 2024 to"),
        ("complaints?city=riverbend", 3, "1,658"),
        ("outreach?city=riverbend", 3, "211"),
        ("commitments?city=st-louis&commitment=two-more-zones", 2, "263"),
    ],
)
def test_no_words_on_a_chart_lie_on_a_line_or_on_other_words(
    server: str, visitor: Page, address: str, charts: int, written: str, width: int
) -> None:
    visitor.set_viewport_size({"width": width, "height": 900})
    visitor.goto(f"{server}/{address}")
    visitor.wait_for_selector(APP, timeout=60_000)
    visitor.wait_for_function(
        "many => document.querySelectorAll('.js-plotly-plot .main-svg .xy').length >= many",
        arg=charts,
        timeout=60_000,
    )
    visitor.evaluate("document.fonts.ready")
    visitor.wait_for_timeout(300)  # charts take the width of the page a moment after they arrive
    words = visitor.locator(".annotation-text, .textpoint text, .bartext").all_text_contents()
    assert any(written in one for one in words)
    assert visitor.evaluate(ON_SOMETHING) == []
