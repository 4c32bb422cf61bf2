// Recorded events on the map: a canvas that is drawn anew, from columns of numbers, at every step.
"use strict";
window.Corridors ??= {};

{
  // Up to so many rows in view each have a mark; beyond, squares are darker where there are more.
  const RICH_ROWS = 5000;
  // A cell of level k has a side of 6 * 2 ** k pixels; a mark keeps one of level 2 for itself.
  const [CELL_PX, MARK_LEVEL, LEVELS, REACH_PX] = [6, 2, 31, 12];
  const FACT = 1 << 31;
  // With more rows than this, those that are near each other share a mark.
  const CROWD = 400;

  /** Square cells of all sizes, each with a counter. Lengths are pixels, places in the world. */
  class Grid {
    /** Over a box, and so far beyond that what is placed vaguely out there counts too. */
    constructor({ xy, accuracy, origin }, { min, max }, side, width, cells) {
      // A metre has most pixels where it is farthest from the equator.
      const stretch = [min.y, max.y].map((px) => Math.cosh(Math.PI * (1 - (2 * px) / width)));
      const metre = (width * Math.max(...stretch)) / 40075016.7;
      const [x, y] = [origin[0] * width, origin[1] * width];
      Object.assign(this, { xy, accuracy, x, y, side, width, metre });
      this.level = Uint8ClampedArray.from({ length: 256 }, (_, a) => (
        Math.min(LEVELS - 1, Math.ceil(Math.log2((2 * metre) / side) + a / 2))));
      let start = 0;
      this.levels = Array.from({ length: LEVELS }, (_, k) => {
        const [left, top] = [min.x, min.y].map((px) => ((px / side) >> k) - 4);
        const [wide, high] = [((max.x / side) >> k) + 5 - left, ((max.y / side) >> k) + 5 - top];
        start += wide * high;
        return { left, top, wide, high, start: start - wide * high };
      });
      this.cells = cells?.length >= start ? cells.fill(0) : new Int32Array(start);
    }

    /** The cell of level k at a point; -1 outside of all. */
    cell(x, y, k) {
      const { left, top, wide, high, start } = this.levels[k];
      const [column, line] = [((x / this.side) >> k) - left, ((y / this.side) >> k) - top];
      const inside = column >= 0 && line >= 0 && column < wide && line < high;
      return inside ? start + line * wide + column : -1;
    }

    /** The cell of a row: no smaller than the row is accurate, and of the level `least` or more. */
    of(row, least) {
      const k = Math.max(least, this.level[this.accuracy[row]]);
      const [x, y] = [this.xy[2 * row], this.xy[2 * row + 1]];
      return this.cell(x * this.width + this.x, y * this.width + this.y, k);
    }
  }

  /** A canvas somewhat larger than the view; Leaflet moves and scales it and says when to draw. */
  window.Corridors.Marks = class Marks extends L.Canvas {
    /**
     * `style` is the table; events are drawn while `group` is on the map; `tip(bin)` gives a node;
     * `list(bin, box)` is told of a click on several events, `pick(row)` of one on a single event.
     */
    constructor(map, chronicle, { pane = "marks", group, ...options }) {
      super({ pane, padding: 0.25 });
      Object.assign(this, options, { map, chronicle, window: [0, -1, new Set()] });
      this.pane = map.getPane(pane) ?? map.createPane(pane);
      this.near = new Uint32Array(RICH_ROWS);
      this.restyle();
      group.addLayer(this);
    }

    onAdd(map) {
      super.onAdd(map);
      this.listen(map, map.getContainer(), this.ears = new AbortController());
    }

    onRemove(map) {
      this.ears.abort();
      this.hover(null);
      super.onRemove(map);
    }

    getEvents() {
      return { ...super.getEvents(), move: this.follow };
    }

    /** Draw a window; returns how many rows are in it, wherever they are. */
    show({ first, last, themes, selected = null }) {
      Object.assign(this, { window: [first, last, new Set(themes)], selected });
      return this.draw() ?? this.chronicle.count(...this.window);
    }

    /** Take colours and scale from the page's variables; the glyphs follow when they are ready. */
    async restyle() {
      const css = getComputedStyle(this.map.getContainer());
      const read = (name) => css.getPropertyValue(`--${name}`).trim();
      Object.assign(this, { read, font: css.fontFamily, scale: parseFloat(read("scale")) || 1 });
      const glyphs = Object.entries(this.style.glyphs).map(([look, svg]) => {
        const coloured = svg.replace(/var\(--([\w-]+)\)/g, (_, name) => read(name));
        const image = new Image();
        image.src = `data:image/svg+xml,${encodeURIComponent(coloured)}`;
        return image.decode().then(() => [look, image]);
      });
      this.asked = glyphs;
      const ready = await Promise.all(glyphs);
      if (this.asked !== glyphs) return;
      this.glyphs = Object.fromEntries(ready);
      this.draw();
    }

    /** Leaflet has laid the canvas anew: its bounds are from this corner of the world. */
    _draw() {
      this.corner = this.map.getPixelOrigin();
      this.draw();
    }

    draw() {
      const { map, near, corner, chronicle, _bounds: bounds, _ctx: context } = this;
      if (!this._map || !corner) return null;
      const box = { min: bounds.min.add(corner), max: bounds.max.add(corner) };
      const grid = this.grid = new Grid(chronicle, box, Math.round(CELL_PX * this.scale),
        map.options.crs.scale(this._zoom), this.grid?.cells);
      let [seen, chosen] = [0, []];
      const total = chronicle.each(...this.window, (row, run) => {
        const cell = grid.of(row, 0);
        if (row === this.selected) chosen = [row];
        if (cell < 0) return;
        run.fact ??= /happened|ongoing/.test(run.mode) ? FACT : 0;
        grid.cells[cell] = (grid.cells[cell] + 1) | run.fact;
        if (seen < RICH_ROWS) near[seen] = row;
        seen++;
      });
      this.hover(null);
      this._clear();
      this.rich = seen <= RICH_ROWS;
      if (!this.rich) this.squares(context, grid, corner);
      this.bins = this.gather(this.rich ? near.subarray(0, seen) : chosen);
      for (const bin of this.bins) this.mark(context, bin);
      // Squares lie below the names, marks above the crossings.
      Object.assign(this.pane.style, { pointerEvents: "none", zIndex: this.rich ? 610 : 440 });
      return total;
    }

    /** The large and vague first and palest. Where nothing is told as a fact: an outline only. */
    squares(context, grid, corner) {
      const ink = this.read("ink");
      Object.assign(context, { fillStyle: ink, strokeStyle: ink, lineWidth: 1 });
      for (let k = LEVELS - 1; k >= 0; k--) {
        const { left, top, wide, high, start } = grid.levels[k];
        const side = grid.side * 2 ** k;
        grid.cells.subarray(start, start + wide * high).forEach((cell, at) => {
          if (!cell) return;
          // Seven steps: below 3, 9, 27, ... events; a claim is never stronger than a fact.
          const step = Math.min(6, Math.floor(Math.log(cell & ~FACT) / Math.log(3)));
          context.globalAlpha = (0.16 + 0.07 * step) * (k ? 0.28 : 1) * (cell < 0 ? 1 : 0.9);
          const x = ((at % wide) + left) * side - corner.x;
          const y = (Math.floor(at / wide) + top) * side - corner.y;
          if (cell < 0) context.fillRect(x, y, side, side);
          else context.strokeRect(x + 1.5, y + 1.5, side - 3, side - 3);
        });
      }
    }

    /** What shares a cell, at the mean of its points; `radius` holds the circles of all. */
    gather(rows) {
      const { grid, corner, chronicle: { xy, first, last, accuracy, runs } } = this;
      const bins = new Map();
      for (const row of rows) {
        const [cell, run] = [grid.of(row, rows.length > CROWD ? MARK_LEVEL + 1 : MARK_LEVEL), runs.find(({ stop }) => row < stop)];
        const bin = bins.get(cell) ?? { all: [], vague: true, byMode: {}, byTheme: {} };
        bins.set(cell, bin).get(cell).all.push(row);
        bin.vague &&= first[row] !== last[row];
        bin.byMode[run.mode] = 1 + (bin.byMode[run.mode] ?? 0);
        bin.byTheme[run.theme] = 1 + (bin.byTheme[run.theme] ?? 0);
      }
      return Array.from(bins.values(), ({ all, ...bin }) => {
        const [x, y] = [0, 1].map((i) => all.reduce((a, r) => a + xy[2 * r + i] / all.length, 0));
        const radii = all.map((row) => grid.metre * 2 ** (accuracy[row] / 2)
          + grid.width * Math.hypot(xy[2 * row] - x, xy[2 * row + 1] - y));
        return { ...bin, count: all.length, rows: (end) => all.slice(0, end),
          x: x * grid.width + grid.x - corner.x, y: y * grid.width + grid.y - corner.y,
          radius: radii.reduce((a, b) => Math.max(a, b)),
          exact: grid.level[accuracy[all[0]]] <= (this.rich ? MARK_LEVEL : 0) };
      }).toSorted((a, b) => b.radius - a.radius);
    }

    /** The area that it may lie in; a glyph, or a disc where looks are mixed; how many they are. */
    mark(context, { x, y, count, exact, radius, vague, byMode, byTheme, rows }) {
      const [s, ink, card] = [this.scale, this.read("ink"), this.read("card")];
      const [[mode, ...modes], [theme, ...themes]] = [Object.keys(byMode), Object.keys(byTheme)];
      const mixed = modes.length + themes.length > 0;
      const solid = mixed && (byMode.happened || byMode.ongoing);
      const circle = (paint, r, colour, globalAlpha = 1, dash = []) => {
        context.beginPath();
        context.arc(x, y, r, 0, 7);
        context.setLineDash(dash);
        Object.assign(context, { fillStyle: colour, strokeStyle: colour, globalAlpha, lineWidth: 1.3 * s });
        context[paint]();
      };
      if (!exact) circle("fill", radius, ink, 0.05);
      if (!exact) circle("stroke", radius, ink, 0.6, [4 * s, 3 * s]);
      const chosen = rows().includes(this.selected);
      if (chosen) circle("fill", 16 * s, ink);
      circle("fill", (chosen ? 13 : 10.5) * s, card);
      if (mixed) circle(solid ? "fill" : "stroke", 9 * s, ink);
      context.globalAlpha = vague ? this.style.vague : 1;
      const glyph = !mixed && this.glyphs?.[`${theme}-${mode}`];
      if (glyph) context.drawImage(glyph, x - 9 * s, y - 9 * s, 18 * s, 18 * s);
      if (count === 1) return;
      Object.assign(context, { textAlign: mixed ? "center" : "left", textBaseline: "middle",
        font: `600 ${12.5 * s}px ${this.font}`, lineJoin: "round", lineWidth: 3 * s, globalAlpha: 1,
        strokeStyle: solid ? ink : card, fillStyle: solid ? card : ink });
      for (const paint of ["strokeText", "fillText"]) context[paint](count, mixed ? x : x + 10 * s, y);
    }

    /** The bin under a point: the topmost mark, or the smallest square, which is wherever asked. */
    at(point) {
      const { map, grid, corner } = this;
      if (this._map?.getZoom() !== this._zoom) return null;
      const spot = map.containerPointToLayerPoint(point);
      const bin = this.bins.findLast(({ x, y }) => spot.distanceTo([x, y]) <= REACH_PX * this.scale);
      if (bin) return { ...bin, ...map.layerPointToContainerPoint([bin.x, bin.y]) };
      const cells = grid.levels.map((_, k) => grid.cell(spot.x + corner.x, spot.y + corner.y, k));
      const cell = cells.find((one) => grid.cells[one]);
      if (this.rich || cell === undefined) return null;
      const rows = this.chronicle.rowsIn(...this.window).filter((row) => grid.of(row, 0) === cell);
      return { ...this.gather(rows)[0], x: point.x, y: point.y };
    }

    /** Be first to take a click, but for a vague square that lies over something to click. */
    listen(map, root, { signal }) {
      const hit = (event) => (event.target.closest(".callout, .stack, .edges, .leaflet-control")
        ? null : this.at(map.mouseEventToContainerPoint(event)));
      root.addEventListener("click", (event) => {
        const bin = map.dragging.moved() ? null : hit(event);
        const first = this.rich || bin?.exact || !event.target.closest(".leaflet-interactive");
        if (!bin || !first) return;
        event.stopPropagation();
        if (bin.count === 1) this.pick(bin.rows()[0]);
        else this.list(bin, { x: bin.x - 12, y: bin.y - 12, w: 24, h: 24 });
      }, { capture: true, signal });
      root.addEventListener("mousemove", (event) => {
        clearTimeout(this.rest);
        this.rest = setTimeout(() => this.hover(event.buttons ? null : hit(event)), 25);
      }, { capture: true, signal });
      root.addEventListener("mouseleave", () => this.hover(null), { signal });
    }

    /** A long pan leaves the canvas before it ends. */
    follow() {
      const at = this.map.containerPointToLayerPoint([0, 0]);
      if (!this._bounds.contains([at, at.add(this.map.getSize())])) this._update();
    }

    /** Tell what a bin holds; null is no bin. */
    hover(bin) {
      clearTimeout(this.rest);
      this.tooltip?.remove();
      this.map.getContainer().classList.toggle("on-event", Boolean(bin));
      this.tooltip = bin && L.tooltip(this.map.containerPointToLatLng([bin.x, bin.y]), {
        content: this.tip(bin), className: "event", direction: "top", offset: [0, -12] }).addTo(this.map);
    }
  };
}
