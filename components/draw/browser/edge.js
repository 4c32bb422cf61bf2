// What lies outside the view, told at its edge: "Cairo: 4 events · 350 km".
"use strict";
window.Corridors ??= {};

{
  const { make, shape, word, count, overlap, clamp } = window.Corridors;
  const INSET = 10;

  class Edge {
    /** @param {(callout, box) => void} go Told when somebody wants to see a site. */
    constructor(map, go) {
      Object.assign(this, { map, go });
      this.root = make("div", "edges");
      map.getContainer().append(this.root);
      this.markers = new Map();
    }

    /**
     * Show a marker for each callout; returns the boxes they take.
     * @param {{callout, latlng: L.LatLng}[]} sites
     * @param {Corridors.Box[]} taken Boxes of scale bar, zoom buttons, attribution.
     * @param {Corridors.Field} free What no marker should cover if there is room elsewhere.
     */
    show(sites, taken, free) {
      const ids = new Set(sites.map(({ callout }) => callout.id));
      for (const [id, marker] of this.markers) {
        if (!ids.has(id)) { marker.root.remove(); this.markers.delete(id); }
      }
      const size = this.map.getSize();
      const view = { w: size.x, h: size.y };
      const boxes = [];
      for (const { callout, latlng } of sites) {
        const marker = this.markers.get(callout.id) ?? this.add(callout.id);
        marker.callout = callout;
        const far = Math.round(this.map.distance(this.map.getCenter(), latlng) / 1000);
        const km = far < 20 ? far : Math.round(far / 10) * 10;
        const likely = callout.events.filter((event) => event.likely).length;
        const sure = callout.events.length - likely;
        const told = (words) => [
          ...(sure ? [count(sure)] : []), ...(likely ? [`${likely} ${words}`] : [])].join(", ");
        marker.name.textContent = callout.name;
        marker.words.textContent = `: ${told("likely")} · ${km} km`;
        marker.root.setAttribute(
          "aria-label", `${callout.name}: ${told("only likely there")}, ${km} km away. Move the map there.`);
        const box = this.spot(marker, latlng, view, [...taken, ...boxes], free);
        marker.root.style.left = `${box.x}px`;
        marker.root.style.top = `${box.y}px`;
        marker.box = box;
        boxes.push(box);
      }
      return boxes;
    }

    add(id) {
      const arrow = shape("svg", { viewBox: "0 0 16 16", class: "arrow", "aria-hidden": "true" });
      arrow.append(shape("path", { d: "M8 1 13 13 8 10 3 13Z" }));
      const name = word("", "name");
      const words = make("span");
      const root = make("button", "edge", null, { type: "button", "data-id": id },
        [arrow, make("span", "", null, {}, [name, words])]);
      L.DomEvent.disableClickPropagation(root);
      const marker = { root, arrow, name, words };
      root.addEventListener("click", () => this.go(marker.callout, marker.box));
      this.root.append(root);
      this.markers.set(id, marker);
      return marker;
    }

    /** Where the line of sight leaves the view, moved along the edge off what is taken. */
    spot(marker, latlng, view, taken, free) {
      const target = this.map.latLngToContainerPoint(latlng);
      const [cx, cy] = [view.w / 2, view.h / 2];
      const [dx, dy] = [target.x - cx, target.y - cy];
      marker.arrow.style.transform = `rotate(${(Math.atan2(dx, -dy) * 180) / Math.PI}deg)`;
      const { offsetWidth: w, offsetHeight: h } = marker.root;
      const reach = Math.min(cx / Math.abs(dx || 1e-9), cy / Math.abs(dy || 1e-9));
      const start = clamp({ x: cx + dx * reach - w / 2, y: cy + dy * reach - h / 2, w, h }, view, INSET);
      const sideways = start.x <= INSET || start.x + w >= view.w - INSET;
      let best = null;
      const consider = (x, y) => {
        const box = clamp({ ...start, x, y }, view, INSET);
        if (taken.some((other) => overlap(box, other, 6))) return;
        const shift = Math.abs(box.x - start.x) + Math.abs(box.y - start.y);
        const cost = shift + (free?.cost(box) ?? 0) * 0.2;
        if (!best || cost < best.cost) best = { ...box, cost };
      };
      for (let shift = 0; shift < Math.max(view.w, view.h) / 2; shift += 8) {
        for (const way of [-shift, shift]) {
          consider(start.x + (sideways ? 0 : way), start.y + (sideways ? way : 0));
        }
      }
      // On a small map that side may be full: then the best place along the others.
      if (!best) {
        for (let y = 0; y < view.h; y += 8) for (const x of [0, view.w]) consider(x, y);
        for (let x = 0; x < view.w; x += 8) for (const y of [0, view.h]) consider(x, y);
      }
      return best ?? start;
    }
  }

  window.Corridors.Edge = Edge;
}
