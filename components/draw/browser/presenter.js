// The presenter's own window: notes, what comes next, a clock. The presentation builds and writes
// it, so that there is nothing to be sent, and it works from a file too.
"use strict";
window.Corridors ??= {};

{
  const TICK_MS = 500;
  const LOOKS = `
    :root { color-scheme: light dark; font: 20px/1.4 system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
    body { margin: 0; padding: 24px 28px; box-sizing: border-box; min-height: 100vh; display: grid;
      grid-template: auto 1fr auto / 1fr auto; gap: 18px 32px; background: #14181c; color: #f1f3f5;
      overflow-wrap: anywhere; }
    header { grid-column: 1 / -1; display: flex; justify-content: space-between; gap: 24px; color: #b4bec7; }
    h1 { font-size: 34px; line-height: 1.2; margin: 0 0 14px; }
    .note { font-size: 28px; white-space: pre-wrap; margin: 0; }
    aside { width: min(30vw, 420px); }
    aside p { margin: 0; color: #b4bec7; }
    aside strong { display: block; font-size: 26px; line-height: 1.25; margin-bottom: 26px; color: #f1f3f5; }
    time { display: block; font-size: 56px; line-height: 1.15; font-variant-numeric: tabular-nums; margin-bottom: 18px; }
    nav { grid-column: 1 / -1; display: flex; flex-wrap: wrap; gap: 12px; }
    button { font: inherit; padding: 12px 26px; border: 1px solid #6d767e; border-radius: 6px;
      background: #22282e; color: inherit; cursor: pointer; }
    button[aria-pressed=true] { background: #f1f3f5; color: #14181c; }
    :focus-visible { outline: 3px solid #6cb2ff; outline-offset: 2px; }
    @media (max-width: 700px) { body { display: block; } aside { width: auto; margin-block: 20px; } }
  `;

  class Presenter {
    /**
     * @param {Window} other An empty window of our own origin.
     * @param {{back, next, blank, key}} acts What its buttons and its keys do.
     */
    constructor(other, acts) {
      this.window = other;
      const page = other.document;
      const make = (tag, text = "", children = []) => {
        const node = page.createElement(tag);
        node.textContent = text;
        node.append(...children);
        return node;
      };
      const button = (words, act) => {
        const node = make("button", words);
        node.type = "button";
        node.addEventListener("click", (event) => { act(); if (event.detail) node.blur(); });
        return node;
      };
      this.place = make("span");
      this.briefing = make("span");
      this.title = make("h1");
      this.note = make("p");
      this.note.className = "note";
      this.next = make("strong");
      for (const one of [this.title, this.note, this.next, this.briefing]) one.dir = "auto";
      this.now = make("time");
      this.since = make("time");
      this.dark = button("Blank (B)", acts.blank);
      page.documentElement.lang = "en";
      page.title = "Presenter's window";
      page.head.replaceChildren(make("style", LOOKS));
      page.body.replaceChildren(
        make("header", "", [this.briefing, this.place]),
        make("main", "", [this.title, this.note]),
        make("aside", "", [
          make("p", "Next"), this.next, make("p", "Time of day"), this.now,
          make("p", "Since the beginning"), this.since]),
        make("nav", "", [
          button("Back", acts.back), button("Next", acts.next), this.dark,
          button("Clock to zero", () => this.reset())]));
      other.addEventListener("keydown", acts.key, true);
      this.reset();
      // Its own timer: that of a tab in the background may sleep.
      other.setInterval(() => this.tick(), TICK_MS);
    }

    /** @param {{briefing: string, sheet: object, next: object|undefined, blank: boolean}} told */
    show({ briefing, sheet, next, blank }) {
      this.briefing.textContent = briefing;
      this.place.textContent = `Scene ${sheet.number} of ${sheet.count}`;
      this.title.textContent = sheet.title;
      this.note.textContent = sheet.note || "No notes.";
      this.next.textContent = next?.title ?? "This is the last scene.";
      this.dark.setAttribute("aria-pressed", String(blank));
    }

    reset() {
      this.begun = Date.now();
      this.tick();
    }

    tick() {
      const two = (number) => String(number).padStart(2, "0");
      const now = new Date();
      const s = Math.floor((now - this.begun) / 1000);
      this.now.textContent = `${two(now.getHours())}:${two(now.getMinutes())}`;
      this.since.textContent =
        `${Math.floor(s / 3600)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
    }

    close() {
      this.window.close();
    }
  }

  window.Corridors.Presenter = Presenter;
}
