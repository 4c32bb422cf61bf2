// Where in the view a site can be pointed at.
"use strict";
window.Corridors ??= {};

{
  const { paths, closed } = window.Corridors;

  /** Whether a point lies inside the rings (even-odd). */
  function inside(rings, p) {
    let odd = false;
    for (const ring of rings) {
      for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
        const [a, b] = [ring[i], ring[j]];
        if ((a.y > p.y) !== (b.y > p.y) && p.x < ((b.x - a.x) * (p.y - a.y)) / (b.y - a.y) + a.x) {
          odd = !odd;
        }
      }
    }
    return odd;
  }

  /** The point of the lines or rings that is nearest to `p`. */
  function onto(rings, p) {
    let best = null;
    for (const ring of rings) {
      for (let i = 1; i < ring.length; i++) {
        const q = L.LineUtil.closestPointOnSegment(L.point(p), ring[i - 1], ring[i]);
        const d = q.distanceTo(p);
        if (!best || d < best.d) best = { d, q };
      }
    }
    return { x: best.q.x, y: best.q.y };
  }

  /**
   * Points in pixels that a callout's leader may end on, the best first, each with the bearing
   * its card should stand at; `within` when the card may stand on the area itself. Null when
   * nothing of the site is in the view.
   */
  function findAnchors(map, style, callout, geometries, view) {
    const project = ([lon, lat]) => map.latLngToContainerPoint([lat, lon]);
    const near = (p, by) => p.x > by && p.y > by && p.x < view.w - by && p.y < view.h - by;
    const flat = geometries.some((geometry) => paths(geometry).some((path) => path.length > 1));
    if (!flat) {
      if (!callout.lonlat) return null;
      const point = project(callout.lonlat);
      return near(point, 4) ? { anchors: [{ x: point.x, y: point.y, bearing: 60 }] } : null;
    }
    const rings = geometries.flatMap(paths).map((path) => path.map(project));
    const solid = geometries.some(closed);
    const bounds = L.bounds([0, 0], [view.w, view.h]);
    const pieces = rings.flatMap((ring) => {
      if (solid) return [L.PolyUtil.clipPolygon(ring, bounds, true)].filter((p) => p.length > 2);
      return ring.slice(1).map((p, i) => L.LineUtil.clipSegment(ring[i], p, bounds, i > 0, true))
        .filter(Boolean);
    });
    if (!pieces.length) return null;

    const own = (style.layers[callout.layer]?.anchors ?? []).map(([lon, lat, bearing]) => {
      const p = project([lon, lat]);
      return { ...(solid && inside(rings, p) ? { x: p.x, y: p.y } : onto(rings, p)), bearing };
    }).filter((p) => near(p, 16));
    if (own.length) return { anchors: own };

    if (callout.area) {
      const step = Math.max(60, Math.min(view.w, view.h) / 9);
      const spots = [];
      for (let y = step / 2; y < view.h; y += step) {
        for (let x = step / 2; x < view.w; x += step) {
          if (inside(rings, { x, y })) {
            spots.push({ x, y, cost: 0.3 * Math.hypot(x - view.w / 2, y - view.h / 2) });
          }
        }
      }
      if (spots.length > 2) return { anchors: spots, within: true };
    }
    const length = (piece) => piece.reduce(
      (sum, p, i) => sum + (i ? p.distanceTo(piece[i - 1]) : 0), 0);
    const piece = pieces.reduce((best, next) => (length(next) > length(best) ? next : best));
    const middle = solid
      ? L.point(piece.reduce((s, p) => s + p.x, 0) / piece.length,
                piece.reduce((s, p) => s + p.y, 0) / piece.length)
      : piece[0].add(piece[piece.length - 1]).divideBy(2);
    return { anchors: [0, 90, 180, 270].map((bearing) => ({ x: middle.x, y: middle.y, bearing })) };
  }

  window.Corridors.findAnchors = findAnchors;
}
