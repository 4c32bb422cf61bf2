// One card for every site with events, and the stack that a card opens.
"use strict";
window.Corridors ??= {};

{
  const { make, drawn, shape, word, clamp, overlap, findAnchors } = window.Corridors;
  const GLYPHS_IN_ROW = 5;
  // Where there are more, places with the fewest events are marks on the map, without a card.
  const CARDS = 14;
  // How high the map is, at the least, for crossings to say who wants what.
  const ROOMY_PX = 640;
  // Lines of positions that a card has room for; each takes some of the map's pixels.
  const LINES = { least: 2, most: 5, px: 110_000 };

  const count = (n) => (n === 1 ? "1 event" : `${n.toLocaleString("en")} events`);

  class Callouts {
    /**
     * @param {(callout) => object[]} shapes Geometries that a callout stands for.
     * @param {(open: object) => void} pick Told when somebody chooses an event or a layer.
     * @param {(ground: string|null) => void} pointed Told of what the pointer is on.
     */
    constructor(map, { style, group, shapes, pick, pointed }) {
      Object.assign(this, { map, style, group, shapes, pick, pointed });
      this.pane = map.createPane("callouts");
      this.pane.style.zIndex = 640;
      this.leaders = shape("svg", { class: "leaders", "aria-hidden": "true" });
      this.pane.append(this.leaders);
      this.cards = new Map();
      this.opened = null;
    }

    show(callouts, selected) {
      const ids = new Set(callouts.map((callout) => callout.id));
      for (const [id, card] of this.cards) {
        if (ids.has(id)) continue;
        if (this.opened === id) this.close();
        for (const part of [card.root, card.leader]) part.remove();
        if (card.ground) this.group.removeLayer(card.ground);
        this.light(card, false);
        this.cards.delete(id);
      }
      const { lines } = this;
      for (const callout of callouts) {
        const card = this.cards.get(callout.id) ?? this.add(callout);
        const said = JSON.stringify([callout, selected, this.direction, callout.wants && lines]);
        if (card.said === said) continue;
        Object.assign(card, { said, callout });
        this.fill(card, selected);
        if (this.opened === callout.id) this.list(card, selected);
      }
      this.selected = selected;
    }

    add(callout) {
      const button = make("button", "card", null, { type: "button" });
      const root = make("div", "callout", null, { "data-id": callout.id }, [button]);
      const leader = shape("g", { class: "leader" });
      const card = { callout, root, button, leader };
      L.DomEvent.disableClickPropagation(root);
      button.addEventListener("click", () => this.choose(card));
      for (const [event, on] of
        [["mouseenter", true], ["mouseleave", false], ["focus", true], ["blur", false]]) {
        button.addEventListener(event, () => {
          this.light(card, on);
          this.pointed(on ? card.callout.place ?? card.callout.layer : null);
        });
      }
      button.addEventListener("keydown", (event) => {
        if (event.key === "Escape" && this.opened === callout.id) this.close();
      });
      this.pane.append(root);
      this.leaders.append(leader);
      this.cards.set(callout.id, card);
      if (callout.radius_m !== null && callout.lonlat && !callout.area) {
        card.ground = this.point(callout);
        this.group.addLayer(card.ground);
      }
      return card;
    }

    /** The place itself and how far it reaches. */
    point({ lonlat: [lon, lat], radius_m }) {
      const options = { interactive: false, color: "var(--ink)", pane: "lines" };
      return L.featureGroup([
        L.circle([lat, lon], { ...options, radius: radius_m, weight: 1, opacity: 0.6,
          dashArray: "3 3", fillOpacity: 0.05 }),
        L.circleMarker([lat, lon], { ...options, radius: 4, weight: 2, fillColor: "var(--card)",
          fillOpacity: 1 }),
      ]);
    }

    fill(card, selected) {
      const { callout, button } = card;
      const { events, layer, note, name } = callout;
      const likely = events.filter((event) => event.likely).length;
      const drafts = events.filter((event) => event.draft).length;
      const chosen = events.some((event) => event.id === selected.event);
      const head = make("span", "head", null, {}, [
        ...(layer ? [this.swatch(callout)] : []), word(name, "name")]);
      const row = make("span", "row", null, {}, [
        ...events.slice(0, GLYPHS_IN_ROW).map((event) => this.glyph(event, selected)),
        ...(events.length > GLYPHS_IN_ROW
          ? [make("span", "more", `+${events.length - GLYPHS_IN_ROW}`)] : []),
        ...(events.length > 1 ? [make("span", "all", String(events.length))] : []),
        ...(note ? [make("span", "note", note)] : []),
      ]);
      const stance = this.stance(callout);
      button.replaceChildren(head, ...(events.length ? [row] : []), ...stance);
      button.classList.toggle("stance", stance.length > 0);
      button.classList.toggle("selected", chosen || (layer !== null && layer === selected.layer));
      button.classList.toggle("empty", !events.length);
      button.classList.toggle(
        "mixed", new Set(events.map(({ theme, mode }) => theme + mode)).size > 1);
      const many = events.length > 1;
      button.setAttribute("aria-label", [
        events.length ? `${name}: ${count(events.length)}` : `${name}: facts`,
        ...(note ? [note] : []),
        ...(callout.holders?.length ? [`held by ${callout.holders.join("; ")}`] : []),
        ...(callout.wants ?? []).map(({ who, words }) => `${who.join(", ")} ${words}`),
        ...(likely ? [`${likely} with a place that is only likely`] : []),
        ...(drafts ? [`${drafts} not reviewed`] : []),
        ...(events.length === 1 ? [events[0].title] : []),
      ].join(", "));
      if (many) {
        button.setAttribute("aria-haspopup", "dialog");
        button.setAttribute("aria-expanded", String(this.opened === callout.id));
      } else {
        button.removeAttribute("aria-haspopup");
        button.removeAttribute("aria-expanded");
        if (this.opened === callout.id) this.close();
      }
      const colour = layer ? `var(--layer-${layer})` : "var(--ink)";
      card.root.dir = this.direction;
      card.root.style.setProperty("--own", colour);
      card.leader.style.setProperty("--own", colour);
    }

    /** Who holds it, and who wants, does or claims what; what does not fit is counted. */
    stance({ layer, holders, wants }) {
      if (!wants || !(layer || wants.length)) return [];
      const most = layer ? this.lines : LINES.least;
      // One line more costs no more room than the words that it is left out.
      const fits = wants.slice(0, wants.length > most + 1 ? most : most + 1);
      return [
        ...(holders.length
          ? [make("span", "held", null, { dir: "ltr" }, [
            "Held by ", ...holders.flatMap((holder, i) => (i ? ["; ", word(holder)] : [word(holder)]))])] : []),
        // An English sentence, whatever language the names are in.
        ...fits.map(({ who, words }) => make("span", "want", null, { dir: "ltr" }, [
          make("b", "", null, {}, [word(who.join(", "))]), " ", word(words)])),
        ...(wants.length > fits.length
          ? [make("span", "held", `and ${wants.length - fits.length} more`, { dir: "ltr" })] : []),
      ];
    }

    /** Mark the card of a ground, until another or none is pointed at. */
    mark(ground) {
      for (const { root, callout } of this.cards.values()) {
        root.classList.toggle("lit", ground !== null && (callout.place ?? callout.layer) === ground);
      }
    }

    swatch({ layer, method }) {
      const table = this.style.layers[layer].swatch;
      const node = drawn(table[method] ?? Object.values(table)[0]);
      node.classList.add("swatch");
      return node;
    }

    glyph(event, selected) {
      const node = drawn(this.style.glyphs[`${event.theme}-${event.mode}`]);
      node.classList.add("glyph");
      node.classList.toggle("selected", event.id === selected.event);
      node.classList.toggle("draft", Boolean(event.draft));
      node.style.opacity = event.likely ? this.style.likely : event.vague ? this.style.vague : 1;
      return node;
    }

    choose(card) {
      const { events, layer, id } = card.callout;
      if (!events.length) this.pick({ layer });
      else if (events.length === 1) this.pick({ event: events[0].id });
      else if (this.opened === id) this.close();
      else this.open(card);
    }

    open(card) {
      this.close(false);
      this.opened = card.callout.id;
      card.button.setAttribute("aria-expanded", "true");
      this.stack = make("div", "stack", null, { role: "dialog", "aria-modal": "false" });
      L.DomEvent.disableClickPropagation(this.stack);
      L.DomEvent.disableScrollPropagation(this.stack);
      this.stack.addEventListener("keydown", (event) => this.step(event));
      this.map.getContainer().append(this.stack);
      this.list(card, this.selected);
      this.dock();
      (this.stack.querySelector("[aria-current]") ?? this.stack.querySelector("li button")).focus();
      this.light(card, true);
    }

    /** Open the list of what is drawn at one spot and has no card; it stays until it is closed. */
    openAt(callout, box) {
      const card = { callout, box, button: make("button"), leader: shape("g", {}) };
      this.open(card);
      this.loose = card;
      this.dock();
    }

    /** Write the open list of a spot anew. */
    relist(callout, selected) {
      this.loose.callout = callout;
      this.list(this.loose, selected);
    }

    close(focus = true) {
      if (!this.stack) return;
      const card = this.cards.get(this.opened);
      this.stack.remove();
      this.stack = this.opened = this.loose = null;
      if (!card) {
        if (focus) this.map.getContainer().focus({ preventScroll: true });
        return;
      }
      card.button.setAttribute("aria-expanded", "false");
      this.light(card, false);
      if (focus) card.button.focus();
    }

    /** Arrow keys walk the list, Escape closes it. */
    step(event) {
      event.stopPropagation();
      if (event.key === "Escape") { this.close(); return; }
      const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!way) return;
      event.preventDefault();
      const all = [...this.stack.querySelectorAll("button")];
      all[(all.indexOf(document.activeElement) + way + all.length) % all.length].focus();
    }

    /** Write the stack; a button that was there stays, with the focus that it may have. */
    list(card, selected) {
      const { callout: { name, events, note, layer } } = card;
      const title = `${name}: ${count(events.length)}`;
      this.stack.setAttribute("aria-label", title);
      if (!this.stack.firstChild) {
        const shut = make("button", "shut", "×", { type: "button", "aria-label": "Close the list" });
        shut.addEventListener("click", () => this.close());
        const facts = make("button", "facts", "Facts", {
          type: "button", "aria-label": `Facts about ${name}` });
        facts.addEventListener("click", () => this.pick({ layer }));
        this.stack.append(
          make("header", "", null, {}, [make("strong"), ...(layer ? [facts] : []), shut]),
          make("ul"));
      }
      this.stack.querySelector("strong").replaceChildren(
        word(name), make("span", "quiet", ` ${count(events.length)}${note ? `, ${note}` : ""}`));
      const old = new Map([...this.stack.querySelectorAll("li")].map((li) => [li.dataset.id, li]));
      const list = this.stack.querySelector("ul");
      const items = events.map((event) => {
        const li = old.get(event.id) ?? this.item(event);
        const button = li.firstChild;
        button.querySelector(".glyph").replaceWith(this.glyph(event, selected));
        button.querySelector(".title").textContent = event.title;
        button.querySelector(".quiet").textContent = [
          event.when, this.style.modes[event.mode], ...(event.who ? [event.who] : []),
          ...(event.likely ? ["place only likely"] : []),
          ...(event.draft ? ["draft, not reviewed"] : []),
        ].join(" · ");
        if ("row" in event ? event.row === selected.row : event.id === selected.event) button.setAttribute("aria-current", "true");
        else button.removeAttribute("aria-current");
        return li;
      });
      // Moving a node would take its focus, so only a change of the order does it.
      if (items.length !== list.children.length || items.some((li, i) => list.children[i] !== li)) {
        const focused = document.activeElement;
        list.replaceChildren(...items);
        if (list.contains(focused)) focused.focus();
      }
    }

    item(event) {
      const button = make("button", "", null, { type: "button" }, [
        make("i", "glyph"),
        make("span", "words", null, {}, [
          make("span", "title", "", { dir: "auto" }), make("span", "quiet", "")]),
      ]);
      button.addEventListener("click", () => (
        this.pick("row" in event ? { row: event.row, of: event.of } : { event: event.id })));
      const li = make("li", "", null, {}, [button]);
      li.dataset.id = event.id;
      return li;
    }

    /** Show what a card stands for: its area tinted, its leader strong. */
    light(card, on) {
      card.leader.classList.toggle("lit", on || this.opened === card.callout.id);
      if (card.lit && !on && this.opened !== card.callout.id) {
        card.lit.remove();
        card.lit = null;
      }
      if (on && !card.lit && card.callout.area) {
        card.lit = L.geoJSON(this.shapes(card.callout), {
          interactive: false, pane: "lines", style: {
            color: "var(--ink)", weight: 2, fillColor: "var(--ink)", fillOpacity: 0.1 },
        }).addTo(this.map);
      }
    }

    /** How many lines of positions a corridor has room for. */
    get lines() {
      const { x, y } = this.map.getSize();
      const scale = getComputedStyle(this.map.getContainer()).getPropertyValue("--scale") || 1;
      const room = Math.floor((x * y) / scale ** 2 / LINES.px);
      return Math.max(LINES.least, Math.min(LINES.most, room));
    }

    /** Whether crossings may say who wants what there. */
    get roomy() {
      return this.map.getSize().y >= ROOMY_PX;
    }

    /** Callouts in and out of the view, those in it with the points their leaders may end on. */
    sight(view) {
      const seen = [];
      const outside = [];
      for (const card of this.cards.values()) {
        const { callout: { layer, events, wants } } = card;
        if (wants && !layer && !events.length && !this.roomy) continue;
        const anchors = findAnchors(this.map, this.style, card.callout, this.shapes(card.callout), view);
        if (anchors) seen.push({ card, ...anchors });
        else outside.push(card.callout);
      }
      return { seen, outside };
    }

    /** Put every card that is in the view in its place; returns the spots. */
    layout(seen, view, field) {
      const marks = this.crowd(seen);
      const marked = seen.filter(({ card }) => marks.has(card)).map(({ card, anchors: [at] }) => {
        const { offsetWidth: w, offsetHeight: h } = card.button;
        return { card, anchor: at, leader: null, box: { x: at.x - w / 2, y: at.y - h / 2, w, h } };
      });
      for (const { box } of marked) field.block(box);
      if (marked.length) field.done();
      const cards = seen.filter(({ card }) => !marks.has(card)).map(({ card, anchors, within }) => ({
        id: card.callout.id, anchors, within, last: card.last, card,
        w: card.button.offsetWidth, h: card.button.offsetHeight,
      }));
      // Lines and points need their spot most; the name of a whole area has the most freedom.
      const freedom = (one) => (one.within ? 2 : one.card.callout.area ? 1 : 0);
      const spots = window.Corridors.place(
        cards.toSorted((a, b) => freedom(a) - freedom(b)), view, field);
      for (const spot of marked) spots.set(spot.card.callout.id, spot);
      const origin = this.map.containerPointToLayerPoint([0, 0]);
      for (const card of this.cards.values()) {
        const spot = spots.get(card.callout.id);
        card.root.classList.toggle("away", !spot);
        card.leader.toggleAttribute("hidden", !spot);
        if (card.ground && spot) card.ground.bringToFront();
        if (!spot) { card.leader.replaceChildren(); continue; }
        card.box = spot.box;
        card.last = { dx: spot.box.x - spot.anchor.x, dy: spot.box.y - spot.anchor.y };
        L.DomUtil.setPosition(card.root, L.point(spot.box.x, spot.box.y).add(origin).round());
        this.lead(card, spot, origin);
      }
      this.corridors = field;
      this.dock();
      return [...spots.values()];
    }

    /**
     * Cards that become marks; which they are does not change with the window of days, but where
     * positions are shown.
     */
    crowd(seen) {
      const places = seen.map(({ card }) => card)
        .filter(({ callout: { layer, area } }) => !layer && !area)
        .toSorted((a, b) => b.callout.weight - a.callout.weight);
      const marks = new Set(places.slice(Math.max(0, CARDS - (seen.length - places.length))));
      // Beside who wants what there is no room for the names of places that nobody speaks of, nor
      // in a small map for what is said of crossings.
      const silent = ({ callout: { wants } }) => wants && !(wants.length && this.roomy);
      for (const card of places.filter(silent)) marks.add(card);
      for (const { card } of seen) card.root.classList.toggle("mark", marks.has(card));
      return marks;
    }

    lead(card, { leader }, origin) {
      if (!leader) { card.leader.replaceChildren(); return; }
      const [a, b] = leader.map((p) => ({ x: p.x + origin.x, y: p.y + origin.y }));
      const ends = { x1: a.x, y1: a.y, x2: b.x, y2: b.y };
      card.leader.replaceChildren(
        shape("line", { ...ends, class: "halo" }), shape("line", { ...ends, class: "thread" }),
        shape("circle", {
          cx: a.x, cy: a.y, r: 3.6, class: card.callout.area ? "end open" : "end" }));
    }

    /** Stand the open stack beside its card, where it covers least of the corridors. */
    dock() {
      const card = this.cards.get(this.opened) ?? this.loose;
      if (!this.stack || !card?.box) return;
      const size = this.map.getSize();
      const { offsetWidth: w, offsetHeight: h } = this.stack;
      const { box } = card;
      const spots = [
        [box.x + box.w + 8, box.y], [box.x - w - 8, box.y],
        [box.x, box.y + box.h + 8], [box.x, box.y - h - 8],
        [box.x + box.w + 8, box.y + box.h - h], [box.x - w - 8, box.y + box.h - h],
      ].map(([x, y]) => clamp({ x, y, w, h }, { w: size.x, h: size.y }, 8));
      const cost = (spot) => overlap(spot, box, 4) * 9 + (this.corridors?.cost(spot) ?? 0);
      const costs = spots.map(cost);
      const spot = spots[costs.indexOf(Math.min(...costs))];
      this.stack.style.left = `${spot.x}px`;
      this.stack.style.top = `${spot.y}px`;
    }
  }

  Object.assign(window.Corridors, { Callouts, count });
}
