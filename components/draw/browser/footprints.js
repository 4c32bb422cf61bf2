// Corridors, border, crossings: every footprint is held once and shown by its id.
"use strict";
window.Corridors ??= {};

{
  const { make, drawn, shape, word } = window.Corridors;

  /** A geometry's lines or rings as lists of [lon, lat]; points as lists of one. */
  function paths(geometry) {
    switch (geometry?.type) {
      case "Point": return [[geometry.coordinates]];
      case "LineString": return [geometry.coordinates];
      case "MultiPoint": return geometry.coordinates.map((c) => [c]);
      case "MultiLineString": case "Polygon": return geometry.coordinates;
      case "MultiPolygon": return geometry.coordinates.flat();
      case "GeometryCollection": return geometry.geometries.flatMap(paths);
      default: return [];
    }
  }

  const closed = (geometry) => /Polygon/.test(geometry?.type);

  /** What a position on it is about: a crossing by itself, anything else as its layer. */
  const ground = ({ layer, feature }) => feature.properties.place ?? layer;

  // What a corridor measures on the screen at the least.
  const THIN_PX = 8;

  class Footprints {
    /**
     * @param {(layer: string, id: string) => void} pick Told when somebody chooses a footprint.
     * @param {(ground: string|null) => void} pointed Told of what the pointer is on.
     */
    constructor(map, { groups, style, pick, pointed }) {
      Object.assign(this, { map, groups, style, pick, pointed });
      this.features = new Map();
      this.shown = new Map();
      this.renderer = L.svg({ padding: 0.6 });
      map.getContainer().append(this.patterns());
      map.on("zoomend", () => this.restyle());
    }

    load(layer, collection) {
      for (const feature of collection.features) {
        this.features.set(String(feature.id), { ...feature, layer });
      }
    }

    /** Show exactly these; what is shown already stays as it is, but for its words. */
    show(list, selected) {
      this.selected = selected;
      const wanted = new Map(list.map((item) => [item.id, item]));
      let added = false;
      for (const [id, one] of this.shown) {
        if (!wanted.has(id)) {
          one.group.removeLayer(one.drawn);
          this.shown.delete(id);
        }
      }
      for (const [id, item] of wanted) {
        const feature = this.features.get(id);
        if (!feature?.geometry) continue;
        if (!this.shown.has(id)) { this.shown.set(id, this.add(feature, item)); added = true; }
        this.tell(this.shown.get(id), item);
      }
      this.restyle();
      // Only then: moving a node under the pointer would swallow the click.
      if (added) this.stack();
    }

    add(feature, item) {
      const mark = this.style.layers[item.layer].mark;
      const group = this.groups[item.layer];
      const tip = make("div", "tip");
      const one = { feature, layer: item.layer, mark, group, tip, item };
      one.drawn = mark === "crossing" ? this.crossing(one) : this.path(one);
      one.drawn.on({
        click: (event) => { L.DomEvent.stop(event); this.pick(one.layer, feature.id); },
        mouseover: () => { one.hover = true; this.restyle([one]); this.pointed(ground(one)); },
        mouseout: () => { one.hover = false; this.restyle([one]); this.pointed(null); },
      });
      // Leaflet takes an element as it is; a string would be read as markup.
      one.drawn.bindTooltip(tip, { sticky: mark !== "crossing", direction: "top", offset: [0, -8] });
      group.addLayer(one.drawn);
      return one;
    }

    path(one) {
      const options = { renderer: this.renderer, bubblingMouseEvents: false, smoothFactor: 0.6,
        interactive: one.mark !== "area" };
      one.visible = L.geoJSON(one.feature, options);
      if (closed(one.feature.geometry)) return one.visible;
      // A line is thin; a wider one that nobody sees takes the click. (One flat group: Leaflet
      // cannot bind a tooltip to a group of groups.)
      const reach = L.geoJSON(one.feature, { ...options, style: { weight: 14, opacity: 0 } });
      return L.featureGroup([...reach.getLayers(), ...one.visible.getLayers()]);
    }

    crossing(one) {
      const [[point]] = paths(one.feature.geometry);
      const at = closed(one.feature.geometry)
        ? L.geoJSON(one.feature).getBounds().getCenter() : L.latLng(point[1], point[0]);
      const status = one.feature.properties.status ?? "unknown";
      const mark = drawn(this.style.crossings[status] ?? this.style.crossings.unknown);
      const icon = L.divIcon({ className: "crossing", html: mark, iconSize: null });
      const marker = L.marker(at, { icon, keyboard: true, bubblingMouseEvents: false });
      marker.on("add", () => marker.getElement().setAttribute("aria-label", one.words ?? ""));
      return marker;
    }

    /** Put the words into the tooltip and, for a crossing, its name for a screen reader. */
    tell(one, item) {
      const words = [item.name, item.label, item.accuracy].join(", ");
      one.item = item;
      if (words === one.words) return;
      one.words = words;
      one.tip.replaceChildren(
        make("strong", "", null, {}, [word(item.name)]),
        make("div", "", item.label), make("div", "quiet", item.accuracy));
      one.drawn.getElement?.()?.setAttribute("aria-label", words);
    }

    /** Draw what is on a ground stronger, until another or none is lit. */
    light(lit) {
      this.lit = lit;
      this.restyle();
    }

    restyle(some = this.shown.values()) {
      const scale =
        parseFloat(getComputedStyle(this.map.getContainer()).getPropertyValue("--scale")) || 1;
      for (const one of some) {
        const lit = ground(one) === this.lit;
        const chosen = one.layer === this.selected;
        const more = (chosen ? 1.8 : 0) + (one.hover ? 1.2 : 0) + (lit ? 4 : 0);
        if (one.mark === "crossing") {
          one.drawn.getElement()?.classList.toggle("selected", chosen || lit);
        } else one.visible.setStyle(this.look(one, more, scale));
      }
    }

    /** Lay the thin over the wide: in the order of the table of style, lines last. */
    stack() {
      const order = Object.keys(this.style.layers);
      [...this.shown.values()].filter(({ visible }) => visible)
        .toSorted((a, b) => (a.mark === "line") - (b.mark === "line")
          || order.indexOf(a.layer) - order.indexOf(b.layer))
        .forEach(({ drawn: layer, mark }) => (mark === "area" ? layer.bringToBack() : layer.bringToFront()));
    }

    look(one, more, scale) {
      const { method, width_m: width } = one.feature.properties;
      const colour = `var(--layer-${one.layer})`;
      if (one.mark === "area") {
        return { color: colour, weight: 1.8 * scale + more, fill: false };
      }
      const schematic = method === "schematic";
      const dashArray = schematic ? `${6 * scale} ${4 * scale}` : null;
      if (one.mark === "line") return { color: colour, weight: 2.2 * scale + more, dashArray };
      // A strip that would be a hair on the screen is drawn wider than it is.
      const metres = 40075016.7 * Math.cos((31.4 * Math.PI) / 180) / 2 ** (this.map.getZoom() + 8);
      const thin = closed(one.feature.geometry) ? (width ?? 4000) / metres : 0;
      const weight = Math.max(2, THIN_PX - thin) * scale + more;
      return {
        color: colour, weight, dashArray: thin < 3 && !schematic ? null : dashArray,
        lineCap: schematic ? "butt" : "round",
        fillColor: schematic ? `url(#hatch-${one.layer})` : colour,
        fillOpacity: schematic ? 1 : 0.26,
      };
    }

    /** Hatching, one pattern a layer, leaning the other way for every second one. */
    patterns() {
      const defs = shape("defs", {});
      Object.keys(this.style.layers).forEach((name, index) => {
        const hatch = shape("pattern", {
          id: `hatch-${name}`, width: 8, height: 8, patternUnits: "userSpaceOnUse",
          patternTransform: `rotate(${index % 2 ? -45 : 45})`,
        });
        const ink = `var(--layer-${name})`;
        hatch.append(
          shape("rect", { width: 8, height: 8, fill: ink, "fill-opacity": 0.12 }),
          shape("rect", { width: 2, height: 8, fill: ink, "fill-opacity": 0.75 }));
        defs.append(hatch);
      });
      const root = shape("svg", { class: "patterns", width: 0, height: 0, "aria-hidden": "true" });
      root.append(defs);
      return root;
    }
  }

  Object.assign(window.Corridors, { paths, closed, Footprints });
}
