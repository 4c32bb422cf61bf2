// Where cards go: plain geometry on boxes in pixels, without a map.
"use strict";
window.Corridors ??= {};

{
  /** @typedef {{x: number, y: number, w: number, h: number}} Box Left, top, width, height. */

  /** Area that two boxes share, the second one grown by `margin`. */
  const overlap = (a, b, margin = 0) =>
    Math.max(0, Math.min(a.x + a.w, b.x + b.w + margin) - Math.max(a.x, b.x - margin)) *
    Math.max(0, Math.min(a.y + a.h, b.y + b.h + margin) - Math.max(a.y, b.y - margin));

  /** The box moved into the view, `margin` from its edges. */
  const clamp = (box, view, margin) => ({
    ...box,
    x: Math.max(margin, Math.min(view.w - box.w - margin, box.x)),
    y: Math.max(margin, Math.min(view.h - box.h - margin, box.y)),
  });

  /** The box's point nearest to `p`. */
  const nearest = (box, p) => ({
    x: Math.max(box.x, Math.min(box.x + box.w, p.x)),
    y: Math.max(box.y, Math.min(box.y + box.h, p.y)),
  });

  const side = (a, b, c) => Math.sign((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x));

  /** Whether the segments a-b and c-d cross. */
  const cross = (a, b, c, d) => side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b);

  /** Whether the segment a-b meets the box. */
  function meets(box, a, b) {
    const [l, t, r, o] = [box.x, box.y, box.x + box.w, box.y + box.h];
    const inside = (p) => p.x > l && p.x < r && p.y > t && p.y < o;
    return inside(a) || inside(b) ||
      cross(a, b, { x: l, y: t }, { x: r, y: o }) || cross(a, b, { x: l, y: o }, { x: r, y: t });
  }

  /** What must stay free, painted small; `cost(box)` is the sum of what a box would cover. */
  class Field {
    constructor(view, cell = 8) {
      this.cell = cell;
      this.w = Math.max(1, Math.ceil(view.w / cell));
      this.h = Math.max(1, Math.ceil(view.h / cell));
      const canvas = document.createElement("canvas");
      canvas.width = this.w;
      canvas.height = this.h;
      this.context = canvas.getContext("2d", { willReadFrequently: true });
      this.context.scale(1 / cell, 1 / cell);
      this.context.globalCompositeOperation = "lighter";
      this.context.lineJoin = "round";
    }

    /** Paint rings or lines ([[{x, y}, ...], ...]): fill `fill`, stroke `stroke` (0 to 255). */
    paint(paths, { fill = 0, stroke = 0, width = 0, closed = false }) {
      const c = this.context;
      c.beginPath();
      for (const path of paths) {
        path.forEach((p, i) => (i ? c.lineTo(p.x, p.y) : c.moveTo(p.x, p.y)));
        if (closed) c.closePath();
      }
      if (fill) { c.fillStyle = `rgb(${fill} 0 0)`; c.fill("evenodd"); }
      if (stroke) { c.strokeStyle = `rgb(${stroke} 0 0)`; c.lineWidth = width; c.stroke(); }
    }

    block(box, margin = 0) {
      this.context.fillStyle = "rgb(255 0 0)";
      this.context.fillRect(box.x - margin, box.y - margin, box.w + 2 * margin, box.h + 2 * margin);
    }

    /** Freeze the painting into sums, so that a box costs four look-ups. */
    done() {
      const data = this.context.getImageData(0, 0, this.w, this.h).data;
      const row = this.w + 1;
      this.sums = new Float64Array(row * (this.h + 1));
      for (let y = 0; y < this.h; y++) {
        for (let x = 0, run = 0; x < this.w; x++) {
          run += data[4 * (y * this.w + x)];
          this.sums[(y + 1) * row + x + 1] = this.sums[y * row + x + 1] + run;
        }
      }
      return this;
    }

    cost(box) {
      const at = (v, n) => Math.max(0, Math.min(n, v));
      const l = at(Math.floor(box.x / this.cell), this.w);
      const r = at(Math.ceil((box.x + box.w) / this.cell), this.w);
      const t = at(Math.floor(box.y / this.cell), this.h);
      const b = at(Math.ceil((box.y + box.h) / this.cell), this.h);
      const s = (x, y) => this.sums[y * (this.w + 1) + x];
      return s(r, b) - s(l, b) - s(r, t) + s(l, t);
    }
  }

  /** What a leader runs over, but for the last bit, where it reaches its own site. */
  function along(field, from, to) {
    const length = Math.hypot(to.x - from.x, to.y - from.y);
    let sum = 0;
    for (let at = 0; at < length - 30; at += field.cell) {
      const t = at / length;
      sum += field.cost({ x: from.x + (to.x - from.x) * t, y: from.y + (to.y - from.y) * t, w: 1, h: 1 });
    }
    return sum;
  }

  const TURNS = [0, 20, -20, 40, -40, 65, -65, 90, -90, 125, -125, 180];
  const REACHES = [22, 44, 76, 116, 164, 224, 300, 400, 520];

  /** Every box worth trying for a card: around its anchors, the preferred way first. */
  function* candidates(card, view) {
    for (const [rank, anchor] of card.anchors.entries()) {
      if (card.within) {
        const box = { x: anchor.x - card.w / 2, y: anchor.y - card.h / 2, w: card.w, h: card.h };
        yield { anchor, box: clamp(box, view, 10), penalty: (anchor.cost ?? 0) };
        continue;
      }
      for (const turn of TURNS) {
        const angle = ((anchor.bearing + turn) * Math.PI) / 180;
        const [ux, uy] = [Math.sin(angle), -Math.cos(angle)];
        // How far the card's centre is from its own edge, that way.
        const own = Math.min(card.w / 2 / Math.abs(ux || 1e-9), card.h / 2 / Math.abs(uy || 1e-9));
        for (const reach of REACHES) {
          const box = {
            x: anchor.x + ux * (reach + own) - card.w / 2,
            y: anchor.y + uy * (reach + own) - card.h / 2,
            w: card.w, h: card.h,
          };
          yield {
            anchor, box: clamp(box, view, 10),
            penalty: rank * 60 + Math.abs(turn) * 0.5 + reach * 0.45,
          };
        }
      }
    }
  }

  /**
   * Place cards one after the other, each where it covers and crosses least.
   * A card keeps its last place unless another is clearly better, so that nothing jumps.
   * @param {Field} field What no card should cover.
   * @returns {Map<string, {box: Box, anchor: {x, y}}>}
   */
  function place(cards, view, field) {
    const placed = new Map();
    for (const card of cards) {
      let best = null;
      for (const { anchor, box, penalty } of candidates(card, view)) {
        const foot = nearest(box, anchor);
        let cost = penalty + field.cost(box) * 0.35;
        if (!card.within) cost += 0.6 * along(field, foot, anchor);
        cost += overlap(box, { x: anchor.x, y: anchor.y, w: 0.1, h: 0.1 }, 8) && !card.within ? 900 : 0;
        for (const other of placed.values()) {
          const shared = overlap(box, other.box, 10);
          if (shared) cost += 4000 + shared * 4;
          if (!card.within && meets(other.box, anchor, foot)) cost += 1500;
          if (other.leader && meets(box, ...other.leader)) cost += 1500;
          if (other.leader && !card.within && cross(anchor, foot, ...other.leader)) cost += 700;
        }
        if (card.last && Math.abs(box.x - anchor.x - card.last.dx) < 3 &&
            Math.abs(box.y - anchor.y - card.last.dy) < 3) cost -= 70;
        if (!best || cost < best.cost) {
          best = { cost, box, anchor, leader: card.within ? null : [anchor, foot] };
        }
      }
      if (best) placed.set(card.id, best);
    }
    return placed;
  }

  Object.assign(window.Corridors, { overlap, clamp, cross, Field, place });
}
