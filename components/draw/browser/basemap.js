// Land, sea, borders, and names that keep clear of the corridors and of one another.
"use strict";
window.Corridors ??= {};

{
  const { make } = window.Corridors;

  const LOOKS = {
    sea: { stroke: false, fillColor: "var(--sea)", fillOpacity: 1 },
    land: { color: "var(--coast)", weight: 0.8, fillColor: "var(--land)", fillOpacity: 1 },
    gaza: { color: "var(--coast)", weight: 0.8, fillColor: "var(--gaza)", fillOpacity: 1 },
    country_border: { color: "var(--country)", weight: 1.1, dashArray: "7 3 1.5 3" },
    israel_gaza_line: { color: "var(--line)", weight: 1.6 },
  };

  /** Draw the ground once; it never takes a click. */
  function drawBasemap(map, basemap) {
    for (const [name, zIndex] of [["ground", 150], ["lines", 350]]) {
      const pane = map.createPane(name);
      pane.style.zIndex = zIndex;
      pane.style.pointerEvents = "none";
    }
    const add = (features, look, pane) => L.geoJSON(features, {
      interactive: false, pane, renderer: renderers[pane], smoothFactor: 0.6,
      style: { fill: false, ...look, ...(look.fillColor && { fill: true }) },
    }).addTo(map);
    const renderers = Object.fromEntries(
      ["ground", "lines"].map((pane) => [pane, L.svg({ pane, padding: 0.6 })]));
    const of = (name) => basemap.features.filter((f) => f.properties.class === name && f.geometry);
    add(of("sea"), LOOKS.sea, "ground");
    const gaza = (feature) => feature.id === "land:GAZ";
    add(of("land").filter((feature) => !gaza(feature)), LOOKS.land, "ground");
    add(of("land").filter(gaza), LOOKS.gaza, "ground");
    add(of("country_border"), LOOKS.country_border, "lines");
    add(of("israel_gaza_line"), LOOKS.israel_gaza_line, "lines");
  }

  // What a name may cover at the most: an outline (12 a cell), never a corridor (255 a cell).
  const OUTLINE = 250;
  // From which zoom a rank is named.
  const FROM_ZOOM = [0, 6, 9, 10.75, 12];

  /** Names of places, crossings, countries and sea, as elements that are kept between layouts. */
  class Labels {
    constructor(map) {
      this.map = map;
      this.pane = map.createPane("labels");
      this.pane.style.zIndex = 620;
      this.pane.setAttribute("aria-hidden", "true");
      this.nodes = new Map();
      this.context = document.createElement("canvas").getContext("2d");
    }

    /**
     * Lay out anew; what finds no free spot is left out.
     * @param {{id, name, kind, rank, points: [lon, lat][], gap}[]} items
     * @param {Corridors.Field} field What is taken already.
     * @param {{x, y}[][]} divides Lines that no name may stand across from its dot.
     */
    show(items, field, scale, divides) {
      this.divides = divides;
      const map = this.map;
      const size = map.getSize();
      const taken = [];
      const kept = new Set();
      const zoom = map.getZoom();
      const wanted = items.filter((item) => item.always || zoom >= (FROM_ZOOM[item.rank] ?? 12));
      for (const item of wanted.toSorted((a, b) => a.rank - b.rank)) {
        const node = this.nodes.get(item.id) ?? this.add(item);
        if (node.name.textContent !== item.name) node.name.textContent = item.name;
        const spot = this.spot(item, node, field, taken, size, scale);
        if (!spot) continue;
        taken.push(spot.box);
        kept.add(item.id);
        L.DomUtil.setPosition(node.root, map.containerPointToLayerPoint(spot.point));
        node.name.style.transform = `translate(${spot.dx}px, ${spot.dy}px)`;
      }
      for (const [id, node] of this.nodes) node.root.hidden = !kept.has(id);
    }

    add(item) {
      const name = make("bdi", "name", item.name);
      const dot = item.gap && !item.marked ? [make("i", "dot")] : [];
      const root = make("div", `label rank-${item.rank} kind-${item.kind}`, null, {}, [...dot, name]);
      root.hidden = true;
      this.pane.append(root);
      const node = { root, name };
      this.nodes.set(item.id, node);
      return node;
    }

    /** The first free spot: right, left, above, below of a point; centred for an area's name. */
    spot(item, node, field, taken, size, scale) {
      const { w, h } = this.measure(item, node, scale);
      const gap = (item.gap ?? 0) * scale;
      let best = null;
      for (const [lon, lat] of item.points) {
        const point = this.map.latLngToContainerPoint([lat, lon]);
        if (point.x < 0 || point.y < 0 || point.x > size.x || point.y > size.y) continue;
        const around = (g) => [[g, -h / 2], [-g - w, -h / 2], [-w / 2, -h - g + 2], [-w / 2, g - 2]]
          .map((spot) => [...spot, 6 * (g - gap)]);
        // Near a corridor an important name may stand a little further off.
        const spots = !gap ? [[-w / 2, -h / 2, 0]]
          : item.rank > 2 ? around(gap)
            : (item.marked ? [1, 1.5, 2.2] : [1, 3, 5]).flatMap((far) => around(gap * far));
        for (const [dx, dy, off] of spots) {
          const box = { x: point.x + dx, y: point.y + dy, w, h };
          if (box.x < 4 || box.y < 4 || box.x + w > size.x - 4 || box.y + h > size.y - 4) continue;
          if (gap && !item.marked && this.divided(point, box)) continue;
          const covered = field.cost(box);
          const cost = covered + off;
          if (covered >= OUTLINE || cost >= (best?.cost ?? Infinity)) continue;
          const whole = { x: Math.min(box.x, point.x - gap), y: Math.min(box.y, point.y - gap / 2) };
          whole.w = Math.max(box.x + w, point.x + gap) - whole.x;
          whole.h = Math.max(box.y + h, point.y + gap / 2) - whole.y;
          if (taken.some((other) => window.Corridors.overlap(whole, other, 3))) continue;
          best = { cost, point, dx, dy, box: gap ? whole : box };
          if (!cost) return best;
        }
      }
      return best;
    }

    divided(point, { x, y, w, h }) {
      const middle = { x: x + w / 2, y: y + h / 2 };
      return this.divides.some((line) => line.some(
        (p, i) => i && window.Corridors.cross(line[i - 1], p, point, middle)));
    }

    measure(item, node, scale) {
      if (node.measured !== item.name + scale) {
        const style = getComputedStyle(node.name);
        this.context.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
        const spacing = parseFloat(style.letterSpacing) || 0;
        const px = parseFloat(style.fontSize);
        node.w = this.context.measureText(item.name).width + spacing * item.name.length + 4;
        node.h = px * 1.25;
        node.measured = item.name + scale;
      }
      return node;
    }
  }

  Object.assign(window.Corridors, { drawBasemap, Labels });
}
