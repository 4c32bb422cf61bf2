// The map: loads the land once, shows a state, keeps the camera, reports what a person does.
"use strict";
window.Corridors ??= {};

{
  const {
    make, paths, closed, dayWords, drawBasemap, Labels, Footprints, Callouts, Edge, Field, Scene,
    Chronicle, Recorded, Slider, Presentation,
  } = window.Corridors;
  // Where a far place is shown with enough land around it to know it.
  const SITE_ZOOM = 9;
  const CROSSINGS_FROM_ZOOM = 9.5;
  const CAMERA_REST_MS = 300;
  const FOLLOW_REST_MS = 400;
  const RETRY_MS = [1_000, 3_000, 9_000];
  const WIDE_PX = 1800;
  // From this width on the day stands beside Gaza; its height before it is written.
  const BESIDE_PX = 760;
  const DAY_PX = 84;
  // Markers at the edge of the map, one for what is left among them.
  const EDGES = 7;
  const TILES = "https://tile.openstreetmap.org/{z}/{x}/{y}.png";

  class CorridorsMap {
    /**
     * @param {L.Map} map
     * @param {object} options `groups` (a Leaflet group a layer), `files` (address a file of the
     *   land), `style` (the table), `opening` (corners, lon lat), `attribution`, and `report`,
     *   which is told `{serial, open, theme, follows, camera}` after a click, after a person has
     *   moved the map, and when the map begins or ceases to be led by a slider. `slider`
     *   ({span, window}, days) gives the map a slider of its own.
     */
    constructor(map, options) {
      Object.assign(this, options, { map });
      this.root = map.getContainer();
      this.root.classList.add("corridors");
      this.places = new Map();
      this.open = null;
      this.serial = 0;
      this.still = matchMedia("(prefers-reduced-motion: reduce)");
      this.choices = {};
      this.told = this.days = [0, 0];
      this.led = false;

      map.attributionControl.setPrefix(false).addAttribution(this.attribution);
      L.control.scale({ imperial: false, position: "bottomright", maxWidth: 140 }).addTo(map);
      this.notice = make("div", "notice", null, { role: "status" });
      this.root.append(this.notice);

      this.root.setAttribute("aria-label", "Map");
      this.root.setAttribute("role", "region");
      this.day = make("div", "day leaflet-control", null, { "aria-live": "polite" },
        [make("b"), make("span", "quiet"), make("span", "counts")]);
      this.root.querySelector(".leaflet-bottom.leaflet-left").append(this.day);

      this.labels = new Labels(map);
      this.footprints = new Footprints(map, {
        groups: this.groups, style: this.style,
        pick: (layer, footprint) => this.choose({
          layer, footprint, place: this.footprints.features.get(footprint)?.properties.place ?? null }),
        pointed: (ground) => this.pointed(ground),
      });

      this.dress();
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.dress());
      new ResizeObserver(() => this.fit()).observe(this.root);
      // Leaflet tells nobody that a flight was cut short, by a hand or by the next one.
      const stop = map._stop.bind(map);
      map._stop = () => {
        const flies = this.root.classList.contains("zooming") && !map._animatingZoom;
        stop();
        if (flies) map._moveEnd(true);
        return map;
      };
      map.on("movestart", () => { if (!this.ours) this.moved = true; });
      map.on("moveend", () => this.settle());
      map.on("zoomstart", () => this.root.classList.add("zooming"));
      map.on("zoomend", () => this.root.classList.remove("zooming"));
      map.on("move", () => { if (this.ready && !this.presenting?.flying) this.edges(); });
      this.fit();
      this.loaded = this.load();
      if (this.slider) {
        const { span, window: days } = this.slider;
        this.own = new Slider(this.root, span, days, (first, last) => this.lead([first, last]));
      }
    }

    // -- What to show -------------------------------------------------------------------------

    /**
     * Change what is shown; what is not named stays as it is.
     * @param {object} changes Any of `window` ([first, last], days from 1 January 1970),
     *   `cumulative`, `layers` and `themes` (ids of those that are on), `selected` ({event, layer,
     *   row}), `drafts` (whether they are shown), `positions` (who holds and who wants what),
     *   `hindsight` (whether they may rest on later articles), `language`, `direction`, `tiles`,
     *   `camera` ({move, to}), and the addresses `record` and `events` of the data, which are
     *   fetched when they are new. `briefing` is the address of one that may be presented, and
     *   `present` ({move, scene}) begins it when its number is one that the page has not seen.
     */
    show({ briefing, present, ...changes }) {
      if (briefing !== undefined) this.prepare(briefing);
      if (this.presenting) Object.assign(this.later, changes);
      else this.take(changes);
      if (present) this.present(present);
    }

    take({ window: days, ...changes }) {
      if (days) this.told = days;
      // While a hand leads the map, what the server says of the days is old news.
      if (!this.led) this.days = this.told;
      const data = ["record", "events"].some((name) => (
        name in changes && changes[name] !== this.choices[name]));
      Object.assign(this.choices, changes);
      if (data) this.fetch();
      this.draw();
    }

    /** Show the events from `first` to `last` and the land of `last`: at once, and once a frame. */
    setWindow(first, last) {
      this.days = [first, last];
      this.late = Boolean(this.frame);
      if (this.late) return;
      this.frame = requestAnimationFrame(() => {
        this.frame = null;
        if (this.late) this.setWindow(...this.days);
      });
      this.draw();
    }

    /** Follow the days under a slider's hands; null when there is none to follow any more. */
    lead(days) {
      if (this.presenting) { this.leader = days; return; }
      this.led = days !== null;
      this.setWindow(...(days ?? this.told));
      clearTimeout(this.following);
      this.following = setTimeout(() => {
        if (this.ready && this.follows !== this.led) this.tell();
      }, FOLLOW_REST_MS);
    }

    // -- Presenting ---------------------------------------------------------------------------

    /** Fetch a briefing before it is presented. */
    prepare(address) {
      if (address === this.briefing) return;
      this.briefing = address;
      this.prepared = address && read(address).then(
        (data) => new Presentation(this, data, { page: this.page }));
      this.prepared?.catch(() => {});
    }

    /** Begin when asked to, once: the page remembers it while frames come and go. */
    async present({ move, scene }) {
      const { dataset } = (this.page ?? document).documentElement;
      if (String(move) === (dataset.presented ?? "0")) return;
      dataset.presented = move;
      if (!move || !this.prepared) return;
      try {
        (await this.prepared).begin(scene);
      } catch (error) {
        this.briefing = null;
        this.say(`The briefing could not be loaded (${error.message}). Try again.`);
      }
    }

    /** From now on a presentation says what is shown; what others say is kept for later. */
    hold(presentation) {
      this.presenting = presentation;
      this.later = {};
      this.leader = this.led ? this.days : null;
    }

    /** It is over: show what was shown before, and what was told meanwhile. */
    release() {
      this.presenting = null;
      this.led = this.leader !== null;
      this.days = this.leader ?? this.told;
      this.fit();
      this.take(this.later);
      this.tell();
    }

    /** Ids of the events, and numbers of the recorded events, that are on the map. */
    seen() {
      const { window: [first, last], themes, placed } = this.state;
      return { placed, rows: [...this.recorded?.chronicle.rowsIn(first, last, themes) ?? []] };
    }

    /** Fetch record and events; the newest asked for are shown, the old ones until then. */
    async fetch(waits_ms = RETRY_MS) {
      const { record, events } = this.choices;
      const asked = this.asked = {};
      try {
        const [told, chronicle] = await Promise.all([
          read(record), events?.first ? events : events && Chronicle.read(events), this.loaded]);
        if (asked !== this.asked) return;
        this.record = new Scene(told);
        if (this.callouts.loose) this.callouts.close();
        this.recorded?.remove();
        this.recorded = chronicle && new Recorded(this.map, chronicle, {
          style: this.style, group: this.groups.events, of: events, titles: told.rows,
          list: (callout, box) => this.callouts.openAt(callout, box),
          pick: (open) => this.choose(open),
        });
        if (waits_ms !== RETRY_MS) this.say("");
        this.draw();
      } catch (error) {
        if (asked !== this.asked) return;
        const [wait_ms, ...later_ms] = waits_ms;
        const next = wait_ms ? "Trying again." : "Reload the page.";
        this.say(`The events could not be loaded (${error.message}). ${next}`);
        if (wait_ms) setTimeout(() => asked === this.asked && this.fetch(later_ms), wait_ms);
      }
    }

    async load() {
      const names = Object.keys(this.files);
      const results = await Promise.allSettled(names.map((name) => read(this.files[name])));
      const missing = names.filter((_, i) => results[i].status === "rejected");
      const data = Object.fromEntries(names.map((name, i) =>
        [name, results[i].value ?? { features: [] }]));
      if (missing.length) this.say(`Map data could not be loaded: ${missing.join(", ")}.`);

      drawBasemap(this.map, data.basemap);
      for (const name of names) {
        if (name === "places" || name === "basemap") continue;
        this.footprints.load(name, data[name]);
      }
      for (const feature of data.places.features) this.places.set(String(feature.id), feature);
      this.callouts = new Callouts(this.map, {
        style: this.style, group: this.groups.events,
        shapes: (callout) => this.shapes(callout), pick: (open) => this.choose(open),
        pointed: (ground) => this.pointed(ground),
      });
      this.edge = new Edge(this.map, (callout, box) => this.go(callout, box));
      await document.fonts.ready;
    }

    draw() {
      if (!this.record) return;
      const { choices, root } = this;
      const first = !this.ready;
      this.ready = true;
      const days = this.record.window(this.days, choices.cumulative);
      const chosen = {
        layers: new Set(choices.layers), themes: new Set(choices.themes),
        language: choices.language, drafts: Boolean(choices.drafts),
        positions: Boolean(choices.positions), hindsight: Boolean(choices.hindsight) };
      const state = this.state = { ...choices, ...chosen, window: days, ...this.record.at(days, chosen) };
      root.lang = state.language;
      root.dataset.direction = this.callouts.direction = state.direction;
      this.footprints.show(state.footprints, state.selected.layer);
      this.callouts.show(state.callouts, state.selected);
      const [from, to] = days;
      const rows = this.recorded?.show({
        first: from, last: to, themes: state.themes, selected: state.selected.row,
      }) ?? { shown: 0, hidden: 0, outside: 0 };
      const { loose } = this.callouts;
      if (loose) this.callouts.relist(this.recorded.here(loose.callout, days), state.selected);
      state.counts = {
        placed: state.placed.length + rows.shown, unplaced: state.unplaced.length,
        drafts: state.drafts.length,
        hidden: state.hidden + rows.hidden, outside: state.outside + rows.outside };
      this.write(days, state.counts);
      this.tiles(state.tiles);
      this.command(state.camera);
      // Most days differ in recorded events only; then cards and names stay where they are.
      const said = JSON.stringify(
        [state.callouts, state.footprints, state.language, chosen.layers.has("places")]);
      if (said !== this.said) this.arrange();
      this.said = said;
      root.dataset.footprints = [...this.footprints.shown.keys()].join(" ");
      root.dataset.events = [...new Set(
        state.callouts.flatMap(({ events }) => events.map(({ id }) => id)))].join(" ");
      root.dataset.ready = "true";
      this.drawn = {
        first: from, last: to, count: state.counts.placed, at: performance.timeOrigin + performance.now() };
      window.dispatchEvent(new CustomEvent("corridors:drawn", { detail: this.drawn }));
      if (first) this.tell();
    }

    /** Say the day and what is counted, where the room sees it. */
    write([first, last], { placed, unplaced, drafts, hidden, outside }) {
      const [day, since, counts] = this.day.children;
      day.textContent = dayWords(last);
      since.textContent = this.choices.cumulative
        ? "All events up to it" : `Events from ${dayWords(first).slice(4)}`;
      counts.replaceChildren(...[
        [placed, "on the map"], [unplaced, "not placed"], [outside, "outside"],
        ...(hidden ? [[hidden, "turned off"]] : []),
        ...(this.choices.drafts ? [[drafts, drafts === 1 ? "draft" : "drafts"]] : []),
      ].map(([n, words]) => make(
        "span", "", null, {}, [make("b", "", n.toLocaleString("en")), ` ${words}`])));
    }

    /** Light what a position is about: a corridor, the border, a crossing; null is none. */
    light(ground) {
      this.footprints.light(ground);
      this.callouts?.mark(ground);
    }

    /** Tell the page which of them a person points at. */
    pointed(ground) {
      window.dispatchEvent(new CustomEvent("corridors:pointed", { detail: ground }));
    }

    /** Geometries that a callout stands for: its footprints, or its place. */
    shapes(callout) {
      const found = callout.footprints.map((id) => this.footprints.features.get(id)?.geometry);
      if (!found.length && callout.place) found.push(this.places.get(callout.place)?.geometry);
      return found.filter(Boolean);
    }

    // -- Where things stand -------------------------------------------------------------------

    /** Cards first, then edge markers, then names: each keeps clear of those before it. */
    arrange() {
      this.root.classList.toggle("far", this.map.getZoom() < CROSSINGS_FROM_ZOOM);
      const size = this.map.getSize();
      // Nobody sees cards and names in flight: they are set where it ends.
      if (!this.ready || !this.state || !size.x || !size.y || this.presenting?.flying) return;
      const view = { w: size.x, h: size.y };
      this.sight = this.callouts.sight(view);
      const controls = this.controls();
      const cards = this.obstacles(view, { gaza: true });
      for (const box of controls) cards.block(box, 6);
      const spots = this.callouts.layout(this.sight.seen, view, cards.done());
      const leaders = spots.map(({ leader }) => leader).filter(Boolean);

      this.free = this.obstacles(view, { gaza: true });
      for (const { box } of spots) this.free.block(box, 6);
      this.free.paint(leaders, { stroke: 255, width: 10 });
      this.free.done();
      const edges = this.edges();

      const names = this.obstacles(view, { gaza: false });
      for (const box of [...controls, ...edges, ...spots.map(({ box: card }) => card)]) {
        names.block(box, 3);
      }
      names.paint(leaders, { stroke: 255, width: 8 });
      this.labels.show(this.names(), names.done(), this.scale, this.borders());
    }

    /** What neither cards nor names may cover: corridors and border; for cards, Gaza too. */
    obstacles(view, { gaza }) {
      const field = new Field(view);
      const project = ([lon, lat]) => this.map.latLngToContainerPoint([lat, lon]);
      const paint = (geometry, look) => field.paint(
        paths(geometry).map((path) => path.map(project)), { closed: closed(geometry), ...look });
      for (const feature of this.footprints.features.values()) {
        if (feature.layer !== "gaza") continue;
        // A name may cross the outline, but rather does not.
        paint(feature.geometry, gaza ? { fill: 60, stroke: 30, width: 16 } : { stroke: 12, width: 6 });
      }
      for (const { feature, mark } of this.footprints.shown.values()) {
        if (mark === "band" || mark === "line") {
          paint(feature.geometry, { fill: 255, stroke: 255, width: gaza ? 26 : 12 });
        } else if (mark === "crossing" && this.map.getZoom() >= CROSSINGS_FROM_ZOOM) {
          const [[point]] = paths(feature.geometry);
          const p = project(point);
          field.block({ x: p.x - 8, y: p.y - 8, w: 16, h: 16 }, gaza ? 4 : -5);
        }
      }
      for (const { callout } of this.sight?.seen.map(({ card }) => card) ?? []) {
        if (callout.radius_m === null || !callout.lonlat) continue;
        const p = project(callout.lonlat);
        field.block({ x: p.x - 6, y: p.y - 6, w: 12, h: 12 });
      }
      return field;
    }

    borders() {
      return [...this.footprints.features.values()]
        .filter(({ layer }) => this.style.layers[layer].mark === "line")
        .flatMap(({ geometry }) => paths(geometry))
        .map((path) => path.map(([lon, lat]) => this.map.latLngToContainerPoint([lat, lon])));
    }

    controls() {
      const origin = this.root.getBoundingClientRect();
      return [...this.root.querySelectorAll(".leaflet-control, .notice:not(:empty)")].map((node) => {
        const box = node.getBoundingClientRect();
        return { x: box.x - origin.x, y: box.y - origin.y, w: box.width, h: box.height };
      });
    }

    edges() {
      const size = this.map.getSize();
      if (!this.state || !size.x) return [];
      const { outside } = this.callouts.sight({ w: size.x, h: size.y });
      const sites = outside.filter(({ events }) => events.length).map((callout) => ({
        callout, latlng: this.middle(callout) })).filter(({ latlng }) => latlng)
        .toSorted((a, b) => b.callout.weight - a.callout.weight);
      // Who wants what needs the room.
      const narrow = this.root.classList.contains("narrow");
      const most = !this.choices.positions ? EDGES : narrow ? 1 : 3;
      const told = sites.length > most ? most - 1 : most;
      return this.edge.show(
        [...sites.slice(0, told), ...this.remaining(sites.slice(told))], this.controls(), this.free);
    }

    /** One marker for all that is further down the list of what lies outside. */
    remaining(sites) {
      if (!sites.length) return [];
      const bounds = L.latLngBounds(sites.map(({ latlng }) => latlng));
      const events = new Map(sites.flatMap(({ callout }) => callout.events.map((one) => [one.id, one])));
      const callout = {
        id: "rest", name: `${sites.length} more places`, events: [...events.values()], bounds,
        lonlat: [bounds.getCenter().lng, bounds.getCenter().lat], footprints: [], place: null };
      return [{ callout, latlng: bounds.getCenter() }];
    }

    middle(callout) {
      if (callout.lonlat) return L.latLng(callout.lonlat[1], callout.lonlat[0]);
      const bounds = L.geoJSON(this.shapes(callout)).getBounds();
      return bounds.isValid() ? bounds.getCenter() : null;
    }

    /** Names to set: countries and sea, towns, crossings. */
    names() {
      const { language, layers } = this.state;
      // What has a card is named by it.
      const carded = new Set(this.sight.seen.map(({ card }) => card)
        .filter(({ root }) => !root.classList.contains("mark")).map(({ callout }) => callout.place));
      const names = this.style.regions.filter(({ id }) => !carded.has(id)).map(
        ({ id, kind, names: by, points }) => (
          { id: `region:${id}`, name: by[language], kind, rank: 0, points, always: true }));
      if (layers.has("places")) {
        for (const [id, { geometry, properties }] of this.places) {
          const { kind, rank } = properties;
          if (geometry?.type !== "Point" || kind === "crossing" || carded.has(id)) continue;
          names.push({
            id: `place:${id}`, name: properties.names[language], kind, rank,
            points: [geometry.coordinates], gap: kind === "area" || kind === "region" ? 0 : 7 });
        }
      }
      for (const { feature, item, mark } of this.footprints.shown.values()) {
        if (mark !== "crossing" || this.map.getZoom() < CROSSINGS_FROM_ZOOM) continue;
        names.push({
          id: `crossing:${feature.id}`, name: item.name, kind: "crossing", rank: 2,
          points: [paths(feature.geometry)[0][0]], gap: 11, marked: true });
      }
      return names.filter(({ name }) => name);
    }

    // -- Camera -------------------------------------------------------------------------------

    /** Run a move that no person made, so that it is neither kept nor reported as theirs. */
    quietly(move) {
      this.ours = true;
      move();
      this.ours = false;
    }

    opens() {
      return L.latLngBounds(this.opening.map(([lon, lat]) => [lat, lon]));
    }

    home() {
      const { x: width } = this.map.getSize();
      const [side, edge] = width > 600 ? [24, 44] : [14, 40];
      // In a narrow map the day would stand on the south of Gaza.
      const day = Math.max(this.day.offsetHeight, DAY_PX) * this.scale;
      this.map.fitBounds(this.opens(), {
        paddingTopLeft: [side, width < BESIDE_PX ? 14 : edge],
        paddingBottomRight: [side, width < BESIDE_PX ? day + 30 : edge], animate: false });
    }

    /** The frame has a new size: keep the centre, and the opening view until somebody moved. */
    fit() {
      this.scale = this.presenting?.measure() ?? (outerWidth() >= WIDE_PX ? 1.3 : 1);
      this.root.style.setProperty("--scale", this.scale);
      this.root.classList.toggle("narrow", this.root.clientWidth < 600);
      this.root.classList.toggle("short", !this.presenting && this.root.clientHeight < 480);
      this.quietly(() => {
        // On its way to where it was told to look, it is there at once.
        const { centre, zoom } = this.bound
          ?? { centre: this.map.getCenter(), zoom: this.map.getZoom() };
        this.map.invalidateSize({ animate: false, pan: false });
        if (!this.map.getSize().x) return;
        // Leaflet's own panning is in whole pixels, which would add up.
        this.map.setView(centre, zoom, { reset: true });
        this.map.setMinZoom(this.map.getBoundsZoom(this.map.options.maxBounds, true));
        if (this.presenting) this.presenting.aim();
        else if (!this.moved) this.home();
      });
      if (!this.ready) return;
      this.footprints.restyle();
      this.recorded?.marks.restyle();
      // Cards say as much as there is room for.
      this.callouts.show(this.state.callouts, this.state.selected);
      this.arrange();
    }

    /** Obey a camera command once; `to` null is the opening view. */
    command(camera) {
      if (!camera || camera.move === this.lastMove) return;
      const first = this.lastMove === undefined;
      this.lastMove = camera.move;
      if (first && !camera.to) return;
      clearTimeout(this.rest);
      this.map._stop(); // or the end of the flight before would be taken for that of this move
      this.moved = Boolean(camera.to);
      if (!camera.to) { this.quietly(() => this.home()); return; }
      const [lon, lat, zoom] = camera.to;
      if (first || this.still.matches) {
        this.quietly(() => this.map.setView([lat, lon], zoom, { animate: false }));
      } else {
        this.ours = true;
        this.bound = { centre: [lat, lon], zoom };
        this.map.once("moveend", () => { this.ours = false; this.bound = null; });
        this.map.flyTo([lat, lon], zoom, { duration: 0.9 });
      }
    }

    /** Go to a site that somebody asked for at the edge; one beyond the map opens where it is. */
    go(callout, box) {
      if (callout.bounds) {
        this.map.fitBounds(callout.bounds, { animate: !this.still.matches, padding: [60, 60] });
        return;
      }
      if (!this.map.options.maxBounds.contains(this.middle(callout))) {
        const card = this.callouts.cards.get(callout.id);
        card.box = box;
        this.callouts.choose(card);
        return;
      }
      const bounds = L.geoJSON(this.shapes(callout)).getBounds();
      const at = this.middle(callout);
      const sized = bounds.isValid() && !bounds.getSouthWest().equals(bounds.getNorthEast());
      const options = this.still.matches ? { animate: false } : { duration: 1.2 };
      this.arriving = callout.id;
      if (sized) this.map.flyToBounds(bounds, { ...options, padding: [60, 60], maxZoom: 12 });
      else this.map.flyTo(at, Math.min(SITE_ZOOM, this.map.getZoom()), options);
    }

    /** A move has ended: set cards and names anew, and tell the camera when it rests. */
    settle() {
      this.arrange();
      if (this.arriving) {
        this.callouts.cards.get(this.arriving)?.button.focus({ preventScroll: true });
        this.arriving = null;
      }
      if (this.ours || !this.ready) return;
      clearTimeout(this.rest);
      this.rest = setTimeout(() => this.tell(), CAMERA_REST_MS);
    }

    // -- Telling ------------------------------------------------------------------------------

    choose(open) {
      if (this.presenting) return;
      this.open = open;
      // Grows over a reload of the frame too, so that an old click is never taken for a new one.
      this.serial = Math.max(this.serial + 1, Date.now());
      clearTimeout(this.rest);
      this.tell();
    }

    tell() {
      if (this.presenting) return;
      this.follows = this.led;
      const { lat, lng } = this.map.getCenter();
      const round = (value) => Math.round(value * 1e5) / 1e5;
      // What there is nothing to say of is left out: this goes with every step of the slider.
      this.report({
        ...(this.open ? { serial: this.serial, open: this.open } : {}),
        theme: this.root.dataset.theme, follows: this.led,
        ...(this.moved
          ? { camera: [round(lng), round(lat), Math.round(this.map.getZoom() * 100) / 100] } : {}),
      });
    }

    say(words) {
      if (this.notice.textContent !== words) this.notice.textContent = words;
    }

    // -- Looks --------------------------------------------------------------------------------

    /** Take the page's theme; without one, that of the system. */
    setTheme(theme) {
      const before = this.root.dataset.theme;
      this.theme = theme ?? null;
      this.dress();
      // The page's own pictures have the colours of one ground; it is told to draw them anew.
      if (this.ready && this.root.dataset.theme !== before) this.tell();
    }

    dress() {
      const dark = isDark(this.theme);
      if (this.root.dataset.theme === (dark ? "dark" : "light")) return;
      this.root.dataset.theme = dark ? "dark" : "light";
      for (const [name, pair] of Object.entries(this.style.inks)) {
        this.root.style.setProperty(`--${name}`, pair[Number(dark)]);
      }
      this.recorded?.marks.restyle();
    }

    tiles(on) {
      if (!on) {
        this.online?.remove();
        if (this.online) this.say("");
        this.online = null;
        return;
      }
      if (this.online) return;
      this.online = L.tileLayer(TILES, { zIndex: 1, maxZoom: 19 }).addTo(this.map);
      this.online.on("tileerror", () =>
        this.say("Online map tiles cannot be reached. The offline map stays."));
      this.online.on("tileload", () => this.say(""));
    }
  }

  /** What is at an address; what is no address is the thing itself. */
  async function read(address) {
    if (typeof address !== "string") return address;
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return answer.json();
  }

  /** Width of the window that the frame stands in, where the page may be asked. */
  function outerWidth() {
    try {
      return window.parent.innerWidth;
    } catch {
      return window.innerWidth;
    }
  }

  /** Streamlit's theme by its base or its background; else what the page's frame was given. */
  function isDark(theme) {
    const given = theme?.backgroundColor
      ?? getComputedStyle(document.documentElement).getPropertyValue("--background-color").trim();
    const parts = /^#(..)(..)(..)/.exec(given) ?? [];
    const [r, g, b] = parts.slice(1).map((part) => parseInt(part, 16));
    if (parts.length) return 0.299 * r + 0.587 * g + 0.114 * b < 128;
    if (theme?.base) return theme.base === "dark";
    return matchMedia("(prefers-color-scheme: dark)").matches;
  }

  window.Corridors.Map = CorridorsMap;
}
