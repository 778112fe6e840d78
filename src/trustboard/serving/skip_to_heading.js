/* "Skip to main content" leads to the heading of the page.

   Streamlit puts its whole scrolling area in focus, and the masthead, the choice of a city and the
   links to other pages come first in it: a reader with a keyboard would pass them all again. It also
   keeps the area where it was scrolled to. Here the heading itself gets the focus and comes into
   view, so that a screen reader says it and Tab goes on behind it. Where there is no heading yet,
   Streamlit's own way is left to it. */
(() => {
  "use strict";
  const LINK = '[data-testid="stSkipToContent"]';
  const HEADING = '[data-testid="stMain"] h1';

  const skip = (event) => {
    const link = event.target instanceof Element && event.target.closest(LINK);
    const heading = link && document.querySelector(HEADING);
    if (!heading) return;
    event.preventDefault();
    event.stopPropagation(); // before Streamlit hears of it
    heading.setAttribute("tabindex", "-1");
    heading.style.scrollMarginTop = "3rem"; // the line above it is seen whole, too
    heading.focus({ preventScroll: true });
    heading.scrollIntoView({ block: "start" });
  };

  document.addEventListener("click", skip, { capture: true });
})();
