// The table of positions and the map point at each other: what one is on, the other lights.
"use strict";
window.Corridors ??= {};

{
  const CELL = /(?:^|\s)st-key-cell_(\w+?)__\d/;

  /** The ground of the cell that an element is in; null outside the table. */
  function groundOf(element) {
    const cell = element?.closest?.('[class*="st-key-cell_"], [data-ground]');
    return cell?.dataset.ground ?? CELL.exec(cell?.className)?.[1] ?? null;
  }

  /** @param {Corridors.Map} map Lights what the page points at, and tells what a person is on. */
  window.Corridors.hover = (map) => {
    let page;
    try {
      page = window.parent.document;
    } catch {
      return;
    }
    let before = null;
    const lit = ({ target }) => {
      const now = groundOf(target);
      if (now !== before) map.light(now);
      before = now;
    };
    page.addEventListener("mouseover", lit);
    page.addEventListener("focusin", lit);
    window.addEventListener("corridors:pointed", ({ detail: ground }) => {
      for (const cell of page.querySelectorAll('[class*="st-key-cell_"]')) {
        cell.classList.toggle("lit", ground !== null && groundOf(cell) === ground);
      }
    });
  };
}
