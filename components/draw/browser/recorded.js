// Recorded events, drawn by marks.js from their columns: what is said of them, and their lists.
"use strict";
window.Corridors ??= {};

{
  const { make, word, count, dayWords, Marks } = window.Corridors;
  // A list longer than this is no list.
  const LISTED = 50;
  // The days that stand for an open end: the first and the last that Python knows.
  const NEVER = -719162;
  const FOREVER = 2932896;

  const number = (n) => n.toLocaleString("en");

  /** Days of a vague date; an open end has no day. */
  function spanWords(first, last) {
    if (last >= FOREVER) return first <= NEVER ? "at all times" : `since ${dayWords(first)}`;
    if (first <= NEVER) return `by ${dayWords(last)}, start not stated`;
    return `${dayWords(first)} to ${dayWords(last)}`;
  }

  class Recorded {
    /**
     * @param {object} options `style`, `group`, `of` (address of the table: a row means nothing
     *   in another one), `titles` ([title, who] a row; null when there are too many to be sent),
     *   `list` (told a callout and a box), `pick` (told `{row, of}`).
     */
    constructor(map, chronicle, { style, group, of, titles, list, pick }) {
      Object.assign(this, { map, chronicle, style, of, titles, group });
      this.marks = new Marks(map, chronicle, {
        style, group, pick: (row) => pick({ row, of }), tip: (bin) => this.tip(bin),
        list: (bin, box) => {
          this.spot = map.containerPointToLatLng([bin.x, bin.y]);
          list(this.callout(bin), box);
        },
      });
    }

    /** What lies now at the spot whose list is open, and what of that list is in the window. */
    here({ events }, [from, to]) {
      const bin = this.marks.at(this.map.latLngToContainerPoint(this.spot));
      const { chronicle: { first, last } } = this;
      const stays = events.map(({ row }) => row).filter((row) => first[row] <= to && last[row] >= from);
      const rows = [...new Set([...stays, ...bin?.rows(LISTED) ?? []])].slice(0, LISTED);
      return this.callout({ count: Math.max(bin?.count ?? 0, rows.length), rows: () => rows });
    }

    remove() {
      this.group.removeLayer(this.marks);
    }

    /** Draw a window; return how many rows it shows, hides with their theme, and leaves out. */
    show({ first, last, themes, selected }) {
      const off = Object.keys(this.style.themes).filter((theme) => !themes.has(theme));
      const shown = this.marks.show({ first, last, themes, selected });
      const hidden = this.chronicle.count(first, last, new Set(off));
      return { shown, hidden, outside: this.chronicle.rows - shown - hidden };
    }

    /** A row as the stack tells an event. */
    event(row) {
      const { chronicle, style } = this;
      const { theme, mode } = chronicle.runs.find(({ stop }) => row < stop);
      const [first, last] = [chronicle.first[row], chronicle.last[row]];
      const [title, who] = this.titles?.[row] ?? [style.themes[theme], ""];
      return {
        id: `row:${row}`, row, of: this.of, theme, mode, title, who, likely: false, vague: first !== last,
        when: first === last ? dayWords(first) : spanWords(first, last),
      };
    }

    tip(bin) {
      if (bin.count === 1) {
        const { title, when, mode, who } = this.event(bin.rows(1)[0]);
        return this.words(title, [when, this.style.modes[mode], ...(who ? [who] : [])]);
      }
      return this.words(count(bin.count), Object.entries(bin.byMode).map(
        ([mode, n]) => `${number(n)} ${this.style.modes[mode]}`));
    }

    words(head, parts) {
      return make("div", "tip", null, {}, [
        make("strong", "", null, {}, [word(head)]), make("div", "quiet", parts.join(" · "))]);
    }

    /** What lies at one spot, as a callout without a card. */
    callout(bin) {
      const events = [...bin.rows(LISTED)].map((row) => this.event(row));
      return {
        id: "spot", name: "Recorded here", layer: null, place: null, area: false, events,
        note: bin.count > LISTED ? `the first ${LISTED} of ${number(bin.count)}` : "",
      };
    }
  }

  window.Corridors.Recorded = Recorded;
}
