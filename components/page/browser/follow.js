// The map follows the page's date slider while a hand of it is dragged, without the server.
"use strict";
window.Corridors ??= {};

{
  const DAY_MICROSECONDS = 864e8;
  const HANDS = ".st-key-days input[type=range]";

  /** The days under the slider's two hands; null when the page has no slider of this sort. */
  function days(page) {
    const hands = [...page.querySelectorAll(HANDS)].map(({ value }) => value / DAY_MICROSECONDS);
    return hands.length === 2 && hands.every(Number.isInteger) ? hands : null;
  }

  /**
   * Lead a map by the slider of the page that its frame stands in. Streamlit tells its server
   * about a slider only when the hand lets go, so this looks at what the slider says of itself.
   * Where it finds none, the map shows what the server tells it.
   */
  window.Corridors.follow = (map) => {
    let page;
    try {
      page = window.parent.document;
    } catch {
      return;
    }
    let before = null;
    const look = () => {
      const now = days(page);
      if (String(now) === String(before)) return;
      before = now;
      map.lead(now);
    };
    new MutationObserver(look).observe(page.body, {
      subtree: true, childList: true, attributes: true, attributeFilter: ["aria-valuetext", "value"],
    });
    look();
  };
}
