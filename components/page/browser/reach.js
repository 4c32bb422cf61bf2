// Scrolls the timeline to the selected event, when it is out of sight.
"use strict";

{
  const EVERY_MS = 300;
  let looks = 100; // the chart may have to be loaded first
  let found = 6; // and then it takes its time to select

  const reach = () => {
    const drawer = document.querySelector(".st-key-drawer");
    const mark = drawer?.querySelector(".st-key-timeline .selected_marks path");
    if (!mark) return false;
    const days = drawer.querySelector(".st-key-timeline_days").getBoundingClientRect();
    const { top, bottom } = mark.getBoundingClientRect();
    const end = drawer.getBoundingClientRect().bottom;
    if (top < days.bottom || bottom > end) drawer.scrollBy(0, (top + bottom - days.bottom - end) / 2);
    return true;
  };
  const timer = setInterval(() => {
    if (reach()) found -= 1;
    looks -= 1;
    if (found === 0 || looks === 0) clearInterval(timer);
  }, EVERY_MS);
}
