// The map's own date slider, for where there is no page around it: an exported file.
"use strict";
window.Corridors ??= {};

{
  const { make, dayWords } = window.Corridors;

  class Slider {
    /**
     * @param {HTMLElement} root The map's container.
     * @param {number[]} span First and last day of the slider, from 1 January 1970.
     * @param {number[]} window Days under its hands at the start.
     * @param {(first: number, last: number) => void} move Told while a hand is dragged.
     */
    constructor(root, span, window, move) {
      this.move = move;
      this.hands = ["First day", "Last day"].map((name, i) => {
        const hand = make("input", "", null, {
          type: "range", min: span[0], max: span[1], step: 1, value: window[i], "aria-label": name });
        hand.addEventListener("input", () => this.moved(i));
        return hand;
      });
      this.words = this.hands.map(() => make("output"));
      this.bar = make("div", "slider leaflet-control", null, {}, [
        this.words[0], make("div", "hands", null, {}, this.hands), this.words[1]]);
      L.DomEvent.disableClickPropagation(this.bar);
      root.append(this.bar);
      this.moved(0);
    }

    /** A hand was moved; it stops at the other one. */
    moved(i) {
      const days = this.hands.map(({ valueAsNumber }) => valueAsNumber);
      if (days[0] > days[1]) this.hands[i].value = days[i] = days[1 - i];
      this.hands.forEach((hand, j) => {
        hand.setAttribute("aria-valuetext", dayWords(days[j]));
        this.words[j].textContent = dayWords(days[j]);
      });
      this.move(...days);
    }
  }

  window.Corridors.Slider = Slider;
}
