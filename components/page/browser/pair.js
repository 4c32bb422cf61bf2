// Two maps of two days look at one place: whoever moves one moves the other, at once.
"use strict";
window.Corridors ??= {};

{
  const FRAMES = { later: ".st-key-map_frame iframe", earlier: ".st-key-then_frame iframe" };
  const NAMES = { later: "Map", earlier: "Map of the earlier day" };
  // Nearer than this two views are one: a map's panes move by whole pixels.
  const ONE_PX = 1;

  /**
   * One map of the two. It tells the other of every move but those that the other made it make.
   * The methods of Leaflet with a dash before their names are those its own gestures use; the
   * others set names and cards anew at each call, which is too slow for each frame of a move.
   */
  class Side {
    /** @param {"later" | "earlier"} name Only the later map keeps its camera in the URL. */
    constructor(corridors, name, page) {
      Object.assign(this, { corridors, name, page, map: corridors.map });
      this.led = this.panning = this.flying = this.gliding = false;
      const { map } = this;
      map.on("movestart", () => this.tell((other) => other.halt()));
      map.on("move", () => this.tell((other) => other.follow(this)));
      map.on("moveend", () => this.tell((other) => other.arrive(this), () => this.meet()));
      map.on("zoomanim", ({ center, zoom }) => this.tell((other) => other.glide(this, center, zoom)));
      // It has a new size when the other one comes or goes.
      map.on("resize", () => this.dress(Boolean(this.other())));
      if (this.other()) this.begin();
    }

    /** Both are there. */
    begin() {
      for (const side of [this, this.other()]) side.dress(true);
      const [earlier, later] = this.name === "earlier" ? [this, this.other()] : [this.other(), this];
      earlier.arrive(later);
    }

    /** With another beside it, a map has to say its day larger. */
    dress(paired) {
      const { root } = this.corridors;
      if (root.classList.contains("paired") === paired) return;
      root.classList.toggle("paired", paired);
      this.corridors.arrange();
    }

    other() {
      const frame = this.page.querySelector(FRAMES[this.name === "later" ? "earlier" : "later"]);
      return frame?.contentWindow?.Corridors?.side ?? null;
    }

    /** Have the other map do the same; while this one is led, nothing that it does is news. */
    tell(move, otherwise) {
      if (this.led) return;
      // A new size of its frame moved it, not a person: the later map knows where to look.
      if (this.name === "earlier" && this.corridors.ours) { otherwise?.(); return; }
      const other = this.other();
      if (other) move(other);
    }

    /** Look at where the later map looks. */
    meet() {
      const other = this.other();
      if (other) this.arrive(other);
    }

    /** Move as the other one does: by a person, or of itself. */
    as(other, move) {
      const { corridors } = this;
      const before = [corridors.ours, this.led];
      [corridors.ours, this.led] = [other.corridors.ours, true];
      move();
      [corridors.ours, this.led] = before;
      corridors.moved = other.corridors.moved;
    }

    halt() {
      this.as(this, () => this.map._stop());
    }

    /** Where the other one looks; the frames' Leaflets do not know each other's points. */
    view(other) {
      const { lat, lng } = other.map.getCenter();
      return [L.latLng(lat, lng), other.map.getZoom()];
    }

    /** A frame of a move. */
    follow(other) {
      if (this.gliding) return;
      const { map } = this;
      const [centre, zoom] = this.view(other);
      this.as(other, () => {
        if (this.flying || zoom !== map.getZoom()) {
          if (!this.flying) map._moveStart(true, false);
          this.flying = true;
          map._move(centre, zoom);
          return;
        }
        const offset = this.offset(centre).round();
        if (!offset.x && !offset.y) return;
        this.panning = true;
        map._rawPanBy(offset);
        map.fire("move");
      });
    }

    /** The end of a move, or a jump. */
    arrive(other) {
      if (this.gliding) return;
      const { map } = this;
      const [centre, zoom] = this.view(other);
      const apart = zoom !== map.getZoom() || this.offset(centre).distanceTo([0, 0]) > ONE_PX;
      this.as(other, () => {
        if (this.flying) map._move(centre, zoom)._moveEnd(true);
        else if (apart) map.setView(centre, zoom, { reset: true });
        else if (this.panning) map.fire("moveend");
      });
      this.panning = this.flying = false;
    }

    /** A zoom that Leaflet animates: it is told where it leads, and both go there together. */
    glide(other, { lat, lng }, zoom) {
      const { map } = this;
      this.panning = this.flying = false;
      this.as(other, () => map._stop()._moveStart(true, false));
      this.gliding = this.led = true;
      map.once("moveend", () => {
        this.gliding = this.led = false;
        // It may have gone on meanwhile.
        if (!other.map._animatingZoom) this.arrive(other);
      });
      map._animateZoom(L.latLng(lat, lng), zoom, true);
    }

    /** Pixels from the middle of the map to a point, with their fractions, so that none add up. */
    offset(point) {
      return this.map.project(point).subtract(this.map.project(this.map.getCenter()));
    }
  }

  /** What a person opens is told; where the map looks is kept by the other one. */
  function openings(report) {
    let told;
    return (value) => {
      if (value.serial === told) return;
      told = value.serial;
      report(value);
    };
  }

  /** @param {Corridors.Map} map The map of the later day leads; that of the earlier goes with it. */
  window.Corridors.pair = (map, name) => {
    let page;
    try {
      page = window.parent.document;
    } catch {
      return;
    }
    map.root.setAttribute("aria-label", NAMES[name]);
    if (name === "earlier") map.report = openings(map.report);
    window.Corridors.side = new Side(map, name, page);
  };
}
