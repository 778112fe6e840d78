/* What the "Take it away" rows of the pages do when they are clicked: copy a text, save a chart;
   and folded pieces stay open when a filter draws them anew.

   It listens once for the whole page, since the pages are drawn anew all the time. A saved chart
   carries its title and its source, which stand around it on the page. */
(() => {
  "use strict";
  const MENU = ".modebar-btn";
  const CAMERA = '.modebar-btn[data-title^="Download plot"]';
  // Signs that fit on a line above and below a chart, in the widest letters that are common.
  const TITLE_LINE = 88;
  const SOURCE_LINE = 135;
  const status = document.createElement("p");
  status.setAttribute("role", "status");
  status.style.cssText = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)";

  const say = (button, words) => {
    status.textContent = words;
    if (!button.dataset.label) button.dataset.label = button.textContent;
    button.textContent = words;
    setTimeout(() => (button.textContent = button.dataset.label), 2000);
  };

  const select = (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  };

  const copy = async (row, button) => {
    const from = row.querySelector(`pre[data-part="${CSS.escape(button.dataset.of)}"]`);
    if (!from) return;
    try {
      await navigator.clipboard.writeText(from.textContent);
    } catch {
      // Without https there is no clipboard to write to: the old way needs the text to be seen.
      const details = from.closest("details");
      if (details) details.open = true;
      select(from);
      if (!document.execCommand("copy")) return say(button, "Selected");
    }
    say(button, "Copied");
  };

  const chartOf = (name) =>
    [...document.querySelectorAll(".js-plotly-plot")].find(
      (one) => one._context?.toImageButtonOptions?.filename === name,
    );

  const safe = (words) => words.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

  /* A word without end, such as an address, is cut where its parts meet; else wherever it must. */
  const pieces = (word, longest) =>
    word.length < longest
      ? [word]
      : word.split(/(?<=[&?/])/).flatMap((part) => part.match(new RegExp(`.{1,${longest}}`, "gu")));

  const broken = (words, longest) => {
    const lines = [""];
    for (const word of words.trim().split(/\s+/))
      pieces(word, longest).forEach((piece, position) => {
        const line = lines.at(-1);
        const joint = position || !line ? "" : " ";
        if (line && line.length + joint.length + piece.length > longest) lines.push(piece);
        else lines[lines.length - 1] = line + joint + piece;
      });
    return lines.map(safe);
  };

  /* What explains the marks of a chart on the page; of a list, line after line. */
  const keyOf = (figure) => {
    const key = document.querySelector(`:not(.tb-take)[data-figure="${CSS.escape(figure)}"]`);
    const items = [...(key?.querySelectorAll("li") ?? [])];
    return items.map((item) => item.textContent).join("; ") || key?.textContent;
  };

  /* The same layout with what belongs to the chart above and below it. */
  const dressed = (chart, row) => {
    const plain = chart.layout;
    const above = broken(row.dataset.title, TITLE_LINE).map((line) => `<b>${line}</b>`);
    const cited = row.querySelector('pre[data-part="citation"]').textContent;
    const below = [keyOf(row.dataset.figure), cited].flatMap((one) => (one ? broken(one, SOURCE_LINE) : []));
    const room = { top: 14 + above.length * 21, bottom: 20 + below.length * 15 };
    const margin = { ...plain.margin };
    margin.t = (margin.t ?? 0) + room.top;
    margin.b = (margin.b ?? 0) + room.bottom + 24;
    const height = (chart._fullLayout?.height ?? 400) + room.top + room.bottom + 24;
    const source = {
      text: below.join("<br>"), showarrow: false, align: "left", xref: "paper", yref: "paper",
      x: 0, xanchor: "left", y: 0, yanchor: "bottom", yshift: -(margin.b - 6),
      font: { size: 11, color: "#5C574E" },
    };
    const title = {
      text: above.join("<br>"), x: 0.012, xanchor: "left", xref: "container",
      y: 1 - 20 / height, yanchor: "top", yref: "container", font: { size: 16 },
    };
    const annotations = [...(plain.annotations ?? []), source];
    return { ...plain, annotations, height, margin, title };
  };

  /* Plotly reads the layout and the options of a chart at once when its own button is clicked. */
  const save = (row, format) => {
    const chart = chartOf(row.dataset.figure);
    const camera = chart?.querySelector(CAMERA);
    if (!camera) return false;
    const options = chart._context.toImageButtonOptions;
    const [plain, before] = [chart.layout, { ...options }];
    try {
      chart.layout = dressed(chart, row);
      Object.assign(options, { format, height: chart.layout.height });
      camera.dispatchEvent(new MouseEvent("click"));
    } finally {
      chart.layout = plain;
      Object.assign(options, before, { height: before.height });
    }
    return true;
  };

  const clicked = (event) => {
    const at = event.target instanceof Element ? event.target : null;
    const button = at?.closest("button[data-take]");
    const row = button?.closest(".tb-take");
    if (row && button.dataset.take === "copy") copy(row, button);
    else if (row && save(row, button.dataset.take)) say(button, "Saving");
  };

  const rowOf = (chart) => {
    const name = chart?._context?.toImageButtonOptions?.filename;
    return name && document.querySelector(`.tb-take[data-figure="${CSS.escape(name)}"]`);
  };

  /* The chart's own menu has a camera for PNG; a second one for SVG is put beside it. */
  const completeMenu = (event) => {
    const chart = event.target instanceof Element && event.target.closest(".js-plotly-plot");
    const camera = chart && chart.querySelector(CAMERA);
    if (!camera || chart.querySelector(`${MENU}[data-svg]`) || !rowOf(chart)) return;
    const second = camera.cloneNode(true);
    second.dataset.title = "Save as SVG";
    second.dataset.svg = "";
    camera.after(second);
  };

  const chosenInMenu = (event) => {
    const button = event.isTrusted && event.target instanceof Element && event.target.closest(MENU);
    const row = button && rowOf(button.closest(".js-plotly-plot"));
    if (!row) return;
    event.stopPropagation();
    save(row, "svg" in button.dataset ? "svg" : "png");
  };

  /* A folded piece is known by its page, its place among the others there and its name. */
  const FOLD = "details.tb-fold";
  const opened = new Set();
  const nameOf = (fold) => {
    const place = [...document.querySelectorAll(FOLD)].indexOf(fold);
    return `${location.pathname} ${place} ${fold.querySelector("summary")?.textContent}`;
  };

  const toggled = (event) => {
    const fold = event.target;
    if (fold instanceof Element && fold.matches(FOLD) && fold.isConnected)
      opened[fold.open ? "add" : "delete"](nameOf(fold));
  };

  const reopen = (changes) => {
    if (!opened.size) return;
    for (const added of changes.flatMap((change) => [...change.addedNodes]))
      if (added instanceof Element)
        for (const fold of added.matches(FOLD) ? [added] : added.querySelectorAll(FOLD))
          if (!fold.open && opened.has(nameOf(fold))) fold.open = true;
  };

  document.addEventListener("click", clicked);
  document.addEventListener("toggle", toggled, { capture: true });
  document.addEventListener("click", chosenInMenu, { capture: true });
  document.addEventListener("pointerover", completeMenu);
  document.addEventListener("DOMContentLoaded", () => {
    document.body.append(status);
    new MutationObserver(reopen).observe(document.body, { childList: true, subtree: true });
  });
})();
