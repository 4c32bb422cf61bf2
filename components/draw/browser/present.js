// Presenting a briefing on the map: scenes one after the other, by key or clicker, and their words
// in a size for the back row. It is handed its data, and knows nothing of a server.
"use strict";
window.Corridors ??= {};

{
  const { make, drawn, word, dayWords, Slider, Presenter } = window.Corridors;
  const FLIGHT_S = 0.9;
  const FADE_MS = 600;
  const SAID_MS = 1_800;
  const IDLE_MS = 2_500;
  // Opening a window makes a browser leave full screen, which does not end the presentation.
  const OPENING_MS = 1_500;
  // A scene's camera is as seen in a map of this height.
  const KEPT_PX = 900;
  const SNAP = 0.25;
  // Where the type has the size that its style names.
  const SCREEN = { w: 1920, h: 1080 };
  // Smaller screens are nearer: 14 px.
  const LEAST_U = 0.5;
  const COLUMN = 0.35;
  const LONG_TITLE = 60;
  const WORDS = 0.5;
  // 1 January of the year 1 and 31 December 9999: an end that nobody knows.
  const OPEN = [-719162, 2932896];
  const NEXT = new Set(["ArrowRight", "ArrowDown", "PageDown", " ", "Enter", "n", "N"]);
  const BACK = new Set(["ArrowLeft", "ArrowUp", "PageUp", "Backspace"]);
  const PRESS = new Set([" ", "Enter"]);
  const HAND = new Set(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"]);
  const KEYS = [
    ["→ ↓ PageDown Space Enter", "next scene"], ["← ↑ PageUp", "scene before"],
    ["Home, End", "first, last scene"], ["B or .", "black screen, and back"],
    ["T", "slider of days; T again: the scene's days"], ["L, 1 to 9", "layers"],
    ["A", "scenes follow by themselves"], ["P", "presenter's window"],
    ["F", "full screen"], ["?", "these keys"], ["Esc", "end"]];

  class Presentation {
    /**
     * @param {Corridors.Map} corridors
     * @param {object} data As `draw/presenting.py` makes it.
     * @param {object} options `page` (the document that goes full screen, shows the map alone and
     *   whose keys count too; without one, the map's own), `step` (told the number of each scene
     *   that is shown, from 0), `exit` (told at the end), `open` (returns an empty window for the
     *   presenter).
     */
    constructor(corridors, data, options = {}) {
      Object.assign(this, { corridors, data, index: 0, running: false });
      this.page = options.page ?? document;
      this.step = options.step ?? (() => {});
      this.exit = options.exit ?? (() => {});
      this.open = options.open
        ?? (() => window.open("", "corridors-presenter", "popup,width=1100,height=720"));
      this.onKey = (event) => this.key(event);
      this.onScreen = () => this.screen();
      this.onMove = () => this.stir();
      this.onDrawn = () => { if (this.slider || this.turned) this.live(); };
      this.onLanding = () => { this.flying = this.aiming; };
      this.onLeaving = () => this.presenter?.close();
      this.aiming = false;
      this.build();
    }

    // -- Begin, go, end -----------------------------------------------------------------------

    /** Show the map alone, and a scene; when it runs already, go to the scene. */
    begin(index = 0) {
      const { corridors, page } = this;
      if (!this.data.scenes.length) { corridors.say("This briefing has no scenes."); return; }
      if (this.running) { this.go(index); return; }
      if (!corridors.ready) {
        window.addEventListener("corridors:drawn", () => this.begin(index), { once: true });
        return;
      }
      this.running = true;
      this.drawn = this.turned = false;
      const { map, root } = corridors;
      corridors.callouts.close(false);
      // On its way to where it was told to look, it is there when this ends.
      const { centre, zoom } = corridors.bound ?? { centre: map.getCenter(), zoom: map.getZoom() };
      map._stop();
      this.before = {
        choices: { ...corridors.choices }, moved: corridors.moved, centre, zoom,
        focus: [page.activeElement, document.activeElement],
      };
      this.stage.hidden = false;
      root.append(this.stage);
      root.classList.add("presenting");
      page.documentElement.dataset.presenting = "true";
      for (const pane of [corridors.callouts.pane, corridors.edge.root]) pane.inert = true;
      corridors.hold(this);
      for (const one of this.windows()) one.addEventListener("keydown", this.onKey, true);
      // A presenter's window that nobody writes any more would stand still and say nothing.
      for (const one of this.windows()) one.addEventListener("pagehide", this.onLeaving);
      page.addEventListener("fullscreenchange", this.onScreen);
      window.addEventListener("mousemove", this.onMove);
      window.addEventListener("corridors:drawn", this.onDrawn);
      // The map tells of the end of a zoom before it sets cards and names anew.
      map.on("zoomend", this.onLanding);
      this.was = { full: Boolean(page.fullscreenElement) };
      this.fullScreen(true);
      root.focus({ preventScroll: true });
      this.index = this.near(index);
      this.fill(this.scene.sheet);
      corridors.fit();
      this.show(false);
      this.stir();
    }

    /** Show another scene: its state at once, then the camera flies there. */
    go(index) {
      const to = this.near(index);
      this.blank(false);
      if (to === this.index && index !== to) {
        this.say(index < 0 ? "This is the first scene." : "This is the last scene.");
        return;
      }
      this.index = to;
      this.show(!this.corridors.still.matches);
      if (this.auto) this.autoplay(true);
    }

    /** Leave everything as it was before. */
    end() {
      if (!this.running) return;
      const { corridors, page, before } = this;
      const { map, root } = corridors;
      this.running = false;
      this.autoplay(false);
      this.blank(false);
      this.slider?.bar.remove();
      this.slider = null;
      this.toggles.hidden = this.keys.hidden = true;
      this.presenter?.close();
      this.presenter = null;
      clearTimeout(this.idle);
      map._stop();
      map.off("zoomend", this.onLanding);
      this.flying = false;
      root.classList.remove("presenting", "idle", "upright", "zooming");
      this.stage.remove();
      delete page.documentElement.dataset.presenting;
      for (const pane of [corridors.callouts.pane, corridors.edge.root]) pane.inert = false;
      for (const one of this.windows()) one.removeEventListener("keydown", this.onKey, true);
      for (const one of this.windows()) one.removeEventListener("pagehide", this.onLeaving);
      page.removeEventListener("fullscreenchange", this.onScreen);
      window.removeEventListener("mousemove", this.onMove);
      window.removeEventListener("corridors:drawn", this.onDrawn);
      this.fullScreen(false);
      corridors.choices = before.choices;
      corridors.moved = before.moved;
      corridors.quietly(() => map.setView(before.centre, before.zoom, { animate: false }));
      corridors.release();
      for (const one of before.focus) if (one?.isConnected) one.focus?.({ preventScroll: true });
      this.exit();
    }

    get scene() {
      return this.data.scenes[this.index];
    }

    near(index) {
      return Math.max(0, Math.min(this.data.scenes.length - 1, index));
    }

    windows() {
      return [...new Set([window, this.page.defaultView])];
    }

    /** Draw the scene and write its words in this very frame; the camera follows. */
    show(fly) {
      const { corridors, scene } = this;
      const { camera: _, window: days, ...choices } = scene.drawing;
      const fade = fly && this.ghosts();
      this.slider?.bar.remove();
      this.slider = null;
      this.turned = false;
      this.fill(scene.sheet);
      Object.assign(corridors.choices, choices);
      corridors.days = days;
      const flying = this.aim(fly);
      this.flying = true; // cards and names are set once: here, or where the flight ends
      corridors.draw();
      this.flying = flying;
      this.drawn = true;
      this.forget();
      this.stand(scene.sheet);
      if (fade) fade();
      if (!this.toggles.hidden) this.listLayers();
      this.tellPresenter();
      this.step(this.index);
    }

    /** A scene looks the same from whichever side one comes to it: no card keeps its old place. */
    forget() {
      const { callouts: { cards }, state } = this.corridors;
      for (const { id } of state.callouts) {
        const card = cards.get(id);
        card.last = null;
        cards.delete(id);
        cards.set(id, card);
      }
      this.corridors.arrange();
    }

    /** Look at what the scene looks at; returns whether the map flies there. */
    aim(fly = false) {
      const { corridors } = this;
      const { map } = corridors;
      // Where a flight is cut short, nothing is set anew: the next one does it.
      this.flying = this.aiming = true;
      map._stop();
      this.flying = this.aiming = false;
      const { centre, zoom } = this.target();
      const off = map.project(centre, zoom).distanceTo(map.project(map.getCenter(), zoom));
      if (off < 1 && Math.abs(zoom - map.getZoom()) < 0.01) return false;
      if (fly) map.flyTo(centre, zoom, { duration: FLIGHT_S });
      else corridors.quietly(() => map.setView(centre, zoom, { animate: false }));
      return fly;
    }

    target() {
      const { corridors, scene: { drawing: { camera, positions } } } = this;
      const { map } = corridors;
      const { x, y } = map.getSize();
      if (!camera.to) {
        const bounds = corridors.opens();
        // Who wants what needs room beside the land.
        const pad = (positions ? 48 : 22) * this.u;
        const zoom = map.getBoundsZoom(bounds, false, L.point(2 * pad, 2 * pad));
        const [a, b] = [bounds.getSouthWest(), bounds.getNorthEast()].map((p) => map.project(p, zoom));
        return { centre: map.unproject(a.add(b).divideBy(2), zoom), zoom };
      }
      const [lon, lat, kept] = camera.to;
      const zoom = Math.round((kept + Math.log2(Math.min(x, y) / KEPT_PX)) / SNAP) * SNAP;
      return {
        centre: L.latLng(lat, lon),
        zoom: Math.max(map.getMinZoom(), Math.min(map.getMaxZoom(), zoom)) };
    }

    /** Keep copies of what is drawn; the function returned fades in what is new, out what is gone. */
    ghosts() {
      const { footprints, callouts } = this.corridors;
      const parts = () => new Map([
        ...[...footprints.shown].map(([id, { drawn: one, visible }]) => (
          [`footprint ${id}`, visible ? visible.getLayers().map((path) => path.getElement()) : [one.getElement()]])),
        ...[...callouts.cards].map(([id, { root, leader }]) => [`card ${id}`, [root, leader]]),
      ]);
      const before = parts();
      const homes = new Map([...before.values()].flat().filter(Boolean).map(
        (node) => [node, node.parentNode]));
      return () => {
        const after = parts();
        for (const [id, nodes] of after) {
          if (!before.has(id)) for (const node of nodes) fade(node, 0, 1);
        }
        for (const [id, nodes] of before) {
          if (after.has(id)) continue;
          for (const node of nodes.filter((one) => homes.get(one))) {
            const ghost = node.cloneNode(true);
            ghost.setAttribute("aria-hidden", "true");
            homes.get(node).append(ghost);
            fade(ghost, 1, 0).finished.finally(() => ghost.remove());
          }
        }
      };
    }

    // -- Keys ---------------------------------------------------------------------------------

    key(event) {
      const { key, target } = event;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      // A hand of the slider has the arrows for itself; a clicker's keys still turn the scenes.
      if (target?.type === "range" && HAND.has(key) && this.dark.hidden) return;
      // Whoever went to a button by keyboard wants that button; a click leaves none with the focus.
      if (PRESS.has(key) && target?.matches?.("button")) return;
      if (!this.act(key, event.repeat)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    }

    act(key, repeat) {
      if (NEXT.has(key)) this.go(this.index + 1);
      else if (BACK.has(key)) this.go(this.index - 1);
      else if (key === "Home") this.go(0);
      else if (key === "End") this.go(this.data.scenes.length - 1);
      else if (repeat) return true;
      else if (key === "Escape") this.end();
      else if (key === "b" || key === "B" || key === ".") this.blank();
      else if (key === "t" || key === "T") this.scrub();
      else if (key === "l" || key === "L") this.layers();
      else if (/^[1-9]$/.test(key)) this.toggle(Number(key) - 1);
      else if (key === "a" || key === "A") this.autoplay(!this.auto);
      else if (key === "f" || key === "F") this.fullScreen(!this.page.fullscreenElement);
      else if (key === "p" || key === "P") this.present();
      else if (key === "?") this.keys.hidden = !this.keys.hidden;
      else return false;
      return true;
    }

    blank(on = this.dark.hidden) {
      this.dark.hidden = !on;
      if (on) this.autoplay(false);
      this.tellPresenter();
    }

    /** Give the presenter a slider from the scene's days over all there are; or take it away. */
    scrub() {
      const { corridors, scene } = this;
      this.blank(false);
      if (this.slider) {
        this.slider.bar.remove();
        this.slider = null;
        corridors.root.focus({ preventScroll: true });
        this.show(false);
        return;
      }
      this.autoplay(false);
      let first = true;
      this.slider = new Slider(corridors.root, this.span(), scene.drawing.window, (...days) => {
        // It tells its hands' days when it is made: the scene's own.
        if (!first) corridors.setWindow(...days);
        first = false;
      });
      this.slider.bar.classList.add("scrub");
      corridors.arrange();
      this.slider.hands[1].focus({ preventScroll: true });
    }

    /** From the first day of an event or a scene to the last day on which anything changes. */
    span() {
      const { corridors, data } = this;
      if (corridors.slider) return corridors.slider.span;
      const { events, footprints } = corridors.record;
      const known = (some) => some.flatMap(({ first, last }) => [first, last])
        .filter((day) => day > OPEN[0] && day < OPEN[1]);
      const days = [...known(events), ...data.scenes.flatMap(({ drawing }) => drawing.window)];
      return [Math.min(...days), Math.max(...days, ...known(footprints))];
    }

    layers() {
      this.toggles.hidden = !this.toggles.hidden;
      if (!this.toggles.hidden) this.listLayers();
    }

    /** Layers that any scene shows, with their names, as this scene has them if it does. */
    known() {
      const layers = new Map([["places", { id: "places", name: "Names of places" }]]);
      for (const { sheet } of [...this.data.scenes, this.scene]) {
        for (const layer of sheet.legend.layers) layers.set(layer.id, layer);
      }
      return Object.keys(this.corridors.style.layers)
        .filter((id) => layers.has(id)).map((id) => layers.get(id));
    }

    listLayers() {
      const on = new Set(this.corridors.choices.layers);
      this.toggles.replaceChildren(...this.known().map(({ id, name, method }, i) => {
        const button = make("button", "", null, { type: "button", "aria-pressed": String(on.has(id)) }, [
          make("kbd", "", String(i + 1)), this.swatch(id, method), word(name, "name")]);
        button.addEventListener("click", (event) => {
          this.toggle(i);
          if (!event.detail) this.toggles.children[i].focus();
        });
        return button;
      }));
    }

    toggle(number) {
      const { corridors } = this;
      const layer = this.known()[number];
      if (!layer) return;
      const on = new Set(corridors.choices.layers);
      const shown = !on.delete(layer.id);
      if (shown) on.add(layer.id);
      const fade = !corridors.still.matches && this.ghosts();
      corridors.choices.layers = [...on];
      this.turned = true;
      corridors.draw();
      if (fade) fade();
      if (this.toggles.hidden) this.say(`${layer.name}: ${shown ? "on" : "off"}`);
      else this.listLayers();
    }

    /** Let scenes follow by themselves, each after its own seconds; it stops at the last one. */
    autoplay(on) {
      clearTimeout(this.timer);
      this.line?.cancel();
      this.line = null;
      const last = this.index === this.data.scenes.length - 1;
      if (!on || last) {
        if (on && !this.auto) this.say("This is the last scene.");
        this.auto = false;
        this.progress.hidden = true;
        return;
      }
      if (!this.auto) this.say("Scenes follow by themselves. A stops it.");
      this.auto = true;
      const duration = this.scene.sheet.seconds * 1000;
      this.progress.hidden = this.corridors.still.matches;
      if (!this.progress.hidden) {
        this.line = this.progress.animate(
          [{ transform: "scaleX(0)" }, { transform: "scaleX(1)" }], { duration, fill: "forwards" });
      }
      this.timer = setTimeout(() => this.go(this.index + 1), duration);
    }

    // -- Screen and windows -------------------------------------------------------------------

    /** It may be refused; then the presentation just fills the window. */
    fullScreen(on) {
      const { page } = this;
      this.leaving = !on;
      if (on === Boolean(page.fullscreenElement)) return;
      // One that was full already is left so.
      if (!on && !this.running && this.was.full) return;
      const done = on ? page.documentElement.requestFullscreen?.() : page.exitFullscreen?.();
      done?.catch(() => {});
    }

    /** The browser's own Esc leaves full screen: that ends the presentation too. */
    screen() {
      if (this.page.fullscreenElement) { this.leaving = false; return; }
      if (this.running && !this.leaving) this.end();
    }

    /** Open the presenter's window, or bring it to the front. */
    present() {
      if (this.presenter && !this.presenter.window.closed) { this.presenter.window.focus(); return; }
      const full = this.page.fullscreenElement;
      this.leaving = true;
      setTimeout(() => { this.leaving = false; }, OPENING_MS);
      const other = this.open();
      if (!other) { this.say("The browser did not allow another window."); return; }
      this.presenter = new Presenter(other, {
        back: () => this.go(this.index - 1), next: () => this.go(this.index + 1),
        blank: () => this.blank(), key: this.onKey,
      });
      this.tellPresenter();
      if (full) this.say("F brings back full screen.");
    }

    tellPresenter() {
      if (!this.presenter || this.presenter.window.closed) return;
      this.presenter.show({
        briefing: this.data.title, sheet: this.scene.sheet,
        next: this.data.scenes[this.index + 1]?.sheet, blank: !this.dark.hidden });
    }

    /** The pointer is in nobody's way: it hides while it rests. */
    stir() {
      const { root } = this.corridors;
      root.classList.remove("idle");
      clearTimeout(this.idle);
      this.idle = setTimeout(() => root.classList.add("idle"), IDLE_MS);
    }

    // -- Words --------------------------------------------------------------------------------

    build() {
      const [classification, author, day] = this.data.heading;
      const part = (tag, name, attributes = {}) => (this[name] = make(tag, name, null, attributes));
      const button = (text, words, act) => {
        const node = make("button", "", text, { type: "button", "aria-label": words, title: words });
        node.addEventListener("click", (event) => { act(); if (event.detail) node.blur(); });
        return node;
      };
      this.heading = make("p", "classification", classification, { dir: "auto" });
      this.heading.hidden = !classification;
      this.title = make("h1", "", null, { dir: "auto" });
      this.place = make("span");
      this.words = make("section", "words", null, { "aria-live": "polite" }, [
        this.heading, this.title, part("p", "when"), part("p", "window"), part("p", "counts"),
        part("div", "captions"), part("p", "missing"), part("p", "standing"), part("p", "schematic"),
        make("p", "author", null, { dir: "auto" }, author ? [word(author), " · ", word(day)] : [word(day)]),
        make("p", "foot", null, {}, [
          this.place, button("‹", "Scene before", () => this.go(this.index - 1)),
          button("›", "Next scene", () => this.go(this.index + 1)),
          button("×", "End", () => this.end())]),
      ]);
      this.legend = make("ul", "", null, { "aria-label": "Legend" });
      this.band = make("section", "band", null, {}, [
        this.legend, make("p", "attribution", this.corridors.attribution)]);
      this.said = make("p", "said", null, { role: "status" });
      this.toggles = make("div", "toggles", null, { role: "group", "aria-label": "Layers" });
      this.keys = make("div", "sheet-of-keys", null, {}, [make("dl", "", null, {}, KEYS.flatMap(
        ([keys, words]) => [make("dt", "", null, {}, [make("kbd", "", keys)]), make("dd", "", words)]))]);
      this.progress = make("div", "progress");
      this.dark = make("div", "blank");
      this.toggles.hidden = this.keys.hidden = this.progress.hidden = this.dark.hidden = true;
      this.stage = make("div", "stage", null, { role: "region", "aria-label": "Presentation" }, [
        this.words, this.band, this.toggles, this.said, this.keys, this.progress, this.dark]);
      // What is done here is nothing that the map shall hear of.
      L.DomEvent.disableClickPropagation(this.stage);
      L.DomEvent.disableScrollPropagation(this.stage);
    }

    /** Take the measure of the screen; returns the scale of what is drawn on the map. */
    measure() {
      const { root } = this.corridors;
      const [w, h] = [window.innerWidth, window.innerHeight];
      const upright = w < h;
      const [across, down] = upright ? [SCREEN.h, SCREEN.w] : [SCREEN.w, SCREEN.h];
      this.u = Math.max(LEAST_U, Math.min(w / across, h / down));
      root.classList.toggle("upright", upright);
      for (const [name, value] of Object.entries({
        u: this.u, column: upright ? "0px" : `${Math.round(w * COLUMN)}px`,
        words: `${Math.round(h * WORDS)}px`, band: "0px",
      })) root.style.setProperty(`--${name}`, value);
      if (!upright) {
        // The map keeps its size from scene to scene: the longest legend sets it.
        const heights = this.data.scenes.map(({ sheet }) => {
          this.explain(sheet.legend);
          return this.band.offsetHeight;
        });
        root.style.setProperty("--band", `${Math.max(...heights)}px`);
      }
      this.fill(this.scene.sheet);
      if (this.slider || this.turned) this.live();
      else if (this.drawn) this.stand(this.scene.sheet);
      return 2 * this.u;
    }

    fill(sheet) {
      this.stage.scrollTop = 0;
      this.title.textContent = sheet.title;
      this.title.classList.toggle("long", sheet.title.length > LONG_TITLE);
      this.when.textContent = sheet.day;
      this.window.textContent = sheet.window;
      this.counts.textContent = sheet.counts.join(" · ");
      this.schematic.textContent = sheet.schematic;
      this.schematic.hidden = !sheet.schematic;
      this.missing.textContent = `Missing: ${sheet.missing.join("; ")}`;
      this.missing.hidden = !sheet.missing.length;
      this.place.textContent = `Scene ${sheet.number} of ${sheet.count}`;
      this.explain(sheet.legend);
      this.quote(sheet.captions);
      this.stood = null;
    }

    /** The first sentence as far as there is room; the others only whole. */
    quote(captions) {
      const box = this.captions;
      const blocks = captions.map(({ words, quoted, how, source }) => make("div", "caption", null, {}, [
        make("p", "sentence", quoted ? `“${words}”` : words, { dir: "auto" }),
        make("p", "how", how), make("p", "source", source, { dir: "auto" })]));
      box.style.removeProperty("--lines");
      box.replaceChildren(...blocks.slice(0, 1));
      if (this.corridors.root.classList.contains("upright")) { box.replaceChildren(...blocks); return; }
      const over = box.scrollHeight - box.clientHeight;
      if (over > 0) {
        const sentence = box.querySelector(".sentence");
        const line = parseFloat(getComputedStyle(sentence).lineHeight);
        const lines = Math.floor((sentence.offsetHeight - over) / line);
        box.style.setProperty("--lines", Math.max(1, lines));
        return;
      }
      for (const block of blocks.slice(1)) if (!this.fits(block)) return;
    }

    /** What a card on the map has no room for: who wants what, all of it or none. */
    stand({ captions }) {
      const { state, choices } = this.corridors;
      const sites = choices.positions ? state.callouts.filter(({ wants }) => wants?.length) : [];
      const told = sites.map(({ name, holders, wants }) => ({ name, holders, wants }));
      const sources = choices.positions ? this.sources() : "";
      // While the slider is drawn most steps change no word; to find their room takes long.
      const words = JSON.stringify([captions, told, sources]);
      if (words === this.stood) return;
      this.stood = words;
      this.standing.textContent = sources;
      this.standing.hidden = !sources;
      this.quote(captions);
      const stands = told.map(({ name, holders, wants }) => (
        make("div", "stand", null, {}, [
          make("p", "", null, {}, [word(name)]),
          ...(holders.length ? [make("p", "held", `Held by ${holders.join("; ")}`)] : []),
          ...wants.map(({ who, words: says }) => make("p", "want", null, {}, [
            make("b", "", null, {}, [word(who.join(", "))]), " ", word(says)]))])));
      // Some of them without the others would be a choice of ours.
      if (!stands.every((block) => this.fits(block))) for (const block of stands) block.remove();
    }

    /** Who published what stands beside the corridors, and by whose word. */
    sources() {
      const each = (sort) => [...new Set(
        this.corridors.state.callouts.flatMap(({ told }) => told?.[sort] ?? []))];
      const [wants, who, held] = ["wants", "who", "held"].map(each);
      const partly = who.length ? `, in part according to ${who.join(" and ")}` : "";
      return [
        ...(wants.length ? [`Who wants what: ${wants.join("; ")}${partly}.`] : []),
        ...(held.length ? [`Held by: ${held.join("; ")}.`] : [])].join(" ");
    }

    /** Add a block under the caption if there is room for the whole of it. */
    fits(block) {
      const box = this.captions;
      box.append(block);
      const fits = this.corridors.root.classList.contains("upright")
        || box.scrollHeight <= box.clientHeight;
      if (!fits) block.remove();
      return fits;
    }

    /** What is on the map, and nothing else. */
    explain({ layers, crossings, marks, pale }) {
      const { style } = this.corridors;
      const themes = [...new Set(marks.map(({ theme }) => theme))];
      const modes = [...new Set(marks.map(({ mode }) => mode))];
      const item = (pictures, words, name = "") => make("li", name, null, {}, [...pictures, word(words)]);
      this.legend.replaceChildren(
        ...layers.filter(({ id }) => id !== "crossings")
          .map(({ id, name, method }) => item([this.swatch(id, method)], name)),
        ...crossings.map((status) => item(
          [drawn(style.crossings[status] ?? style.crossings.unknown)], `Crossing, ${status}`)),
        ...themes.map((theme) => item(
          [drawn(style.glyphs[`${theme}-happened`])], style.themes[theme])),
        ...modes.map((mode) => item(
          [drawn(style.glyphs[`${themes[0]}-${mode}`])], style.modes[mode], "modes")),
        ...(pale ? [item([this.pale(themes[0])], style.pale, "modes")] : []));
    }

    pale(theme) {
      const { glyphs, vague } = this.corridors.style;
      const mark = drawn(glyphs[`${theme}-happened`]);
      mark.style.opacity = vague;
      return mark;
    }

    swatch(layer, method) {
      const table = this.corridors.style.layers[layer].swatch;
      return drawn(table[method] ?? Object.values(table)[0]);
    }

    /** The days and the legend of what the presenter has made of the scene. */
    live() {
      this.stand({ captions: this.holding() });
      const { footprints, state, days: [first, last] } = this.corridors;
      this.when.textContent = dayWords(last);
      this.window.textContent = this.scene.drawing.cumulative ? "All events up to this day"
        : first === last ? `Events of ${dayWords(last).slice(4)}`
        : `Events from ${dayWords(first).slice(4)} to ${dayWords(last).slice(4)}`;
      const names = new Map(this.known().map(({ id, name }) => [id, name]));
      const shown = [...footprints.shown.values()];
      const methods = new Map(shown.map(({ layer, feature }) => [layer, feature.properties.method]));
      const { order, events } = this.corridors.record;
      const likely = state.callouts.flatMap((one) => one.events).filter((one) => one.likely);
      const ids = new Set([...state.placed, ...state.drafts, ...likely.map(({ id }) => id)]);
      const runs = this.corridors.recorded?.chronicle
        .runsIn(...state.window, new Set(this.corridors.choices.themes)) ?? [];
      const marks = [
        ...[...ids].map((id) => events[order.get(id)]),
        ...runs.map(({ theme, mode, exact }) => ({ theme, mode, vague: !exact }))];
      this.explain({
        layers: Object.keys(this.corridors.style.layers).filter((id) => methods.has(id))
          .map((id) => ({ id, name: names.get(id) ?? id, method: methods.get(id) })),
        crossings: [...new Set(shown.filter(({ mark }) => mark === "crossing")
          .map(({ feature }) => feature.properties.status ?? "unknown"))],
        marks: this.inOrder(marks),
        pale: likely.length > 0 || marks.some(({ vague }) => vague),
      });
      const { counts } = state;
      this.counts.textContent = [
        [counts.placed, "placed"], [counts.unplaced, "not placed"],
        [counts.hidden, "turned off"], [counts.outside, "outside the window"],
        [state.drafts.length, state.drafts.length === 1 ? "draft" : "drafts"],
      ].filter(([number]) => number).map(([number, words]) => `${number.toLocaleString("en")} ${words}`)
        .join(" · ");
      const schematic = shown.filter(({ feature }) => feature.properties.method === "schematic");
      this.schematic.hidden = !schematic.length;
      if (schematic.length) {
        const whose = [...new Set(schematic.map(({ layer }) => names.get(layer) ?? layer))];
        this.schematic.textContent = `Schematic: ${whose.join(", ")}. Hatched and dashed shapes are `
          + "schematic: nobody has published their true outline.";
      }
    }

    /** What the scene tells that still holds: on other days, sentences of an event that is shown. */
    holding() {
      const { state, days, choices } = this.corridors;
      const { sheet: { captions }, drawing: { window: own } } = this.scene;
      if (days.every((day, i) => day === own[i])) return captions;
      const { event } = choices.selected;
      const seen = [...state.placed, ...state.unplaced, ...state.drafts].includes(event);
      return captions.filter(({ quoted }) => quoted && seen);
    }

    /** Themes and modes in the order of the table of style. */
    inOrder(marks) {
      const { themes, modes } = this.corridors.style;
      const rank = ({ theme, mode }) => (
        Object.keys(themes).indexOf(theme) * 100 + Object.keys(modes).indexOf(mode));
      return marks.toSorted((a, b) => rank(a) - rank(b));
    }

    say(words) {
      this.said.textContent = words;
      clearTimeout(this.saying);
      this.saying = setTimeout(() => { this.said.textContent = ""; }, SAID_MS);
    }
  }

  const fade = (node, from, to) => node?.animate(
    [{ opacity: from }, { opacity: to }], { duration: FADE_MS, easing: "ease" });

  window.Corridors.Presentation = Presentation;
}
