// A page of its own around the map: scenes, evidence, events, layers, and what the file is made of.
// Everything it says is handed over in the page; it asks for nothing.
"use strict";
window.Corridors ??= {};

{
  const { make, drawn, word, dayWords, Chronicle, Presentation } = window.Corridors;
  const TABS = { scenes: "Scenes", open: "Evidence", events: "Events", layers: "Layers", about: "About" };
  const LANGUAGES = { en: "English", ar: "العربية", he: "עברית" };
  const LIST_REST_MS = 120;

  class Document {
    /**
     * @param {Corridors.Map} corridors Its slider is its own.
     * @param {object} data As `draw/document.py` makes it.
     */
    constructor(corridors, data) {
      Object.assign(this, { corridors, data, scene: null });
      this.style = corridors.style;
      this.build();
      corridors.report = (told) => this.hear(told);
      window.addEventListener("corridors:drawn", () => this.drawn());
      const first = data.presentation.scenes[0];
      this.moves = 0;
      this.show({ record: data.record, events: data.chronicle, ...(first?.drawing ?? data.opening) });
      if (first) this.tell(first);
      this.turn(first ? "scenes" : "events");
    }

    // -- The map ------------------------------------------------------------------------------

    /** Show a state of the map whole: its days, its camera, and the toggles that go with it. */
    show({ camera, window: days, ...rest }) {
      const { corridors } = this;
      corridors.callouts?.close(false);
      corridors.led = false;
      corridors.show({ ...rest, tiles: false, window: days, camera: { to: null, ...camera, move: this.moves++ } });
      this.hands(days);
      this.agree();
    }

    /** Put the slider's hands where the days are, without telling anybody. */
    hands(days) {
      const { hands, words } = this.corridors.own;
      hands.forEach((hand, i) => {
        hand.value = days[i];
        hand.setAttribute("aria-valuetext", dayWords(days[i]));
        words[i].textContent = dayWords(days[i]);
      });
    }

    change(choices) {
      this.corridors.show(choices);
      this.agree();
    }

    /** A click on the map opens what was clicked. */
    hear({ serial, open }) {
      if (!open || serial === this.heard) return;
      this.heard = serial;
      if ("row" in open) this.openRow(open.row);
      else if (open.event) this.openEvent(open.event);
      else if (open.layer) this.openLayer(open.layer, open.place);
    }

    drawn() {
      if (this.corridors.presenting) return;
      clearTimeout(this.listing);
      this.listing = setTimeout(() => {
        this.list();
        this.sample();
        if (this.shown?.layer) this.writeLayer();
        else if (this.shown) this.outside.hidden = this.meets(this.shown.days);
      }, LIST_REST_MS);
    }

    meets([first, last]) {
      const [from, to] = this.corridors.state.window;
      return first <= to && last >= from;
    }

    // -- The frame ----------------------------------------------------------------------------

    build() {
      const { data: { presentation: { title, heading: [classification, author, day], scenes }, made } } = this;
      const bar = document.querySelector(".top");
      const side = document.querySelector(".side");
      const present = make("button", "present", "Present", { type: "button" });
      present.disabled = !scenes.length;
      present.addEventListener("click", () => this.present());
      this.language = make("select", "", null, { "aria-label": "Language of names" },
        Object.entries(LANGUAGES).map(([value, words]) => make("option", "", words, { value })));
      this.language.addEventListener("change", () => this.change({
        language: this.language.value, direction: this.language.value === "en" ? "ltr" : "rtl" }));
      bar.append(
        make("div", "what", null, {}, [
          ...(classification ? [make("p", "classification", classification, { dir: "auto" })] : []),
          make("h1", "", title, { dir: "auto" }),
          make("p", "quiet", null, { dir: "auto" },
            [author, day, made].filter(Boolean).flatMap((one, i) => (i ? [" · ", word(one)] : [word(one)])))]),
        make("div", "does", null, {}, [this.language, present]));
      this.tabs = {};
      this.pages = {};
      const tabs = make("div", "tabs", null, { role: "tablist", "aria-label": "Panel" });
      for (const [id, words] of Object.entries(TABS)) {
        const tab = this.tabs[id] = make("button", "", words, {
          type: "button", role: "tab", id: `tab-${id}`, "aria-controls": `page-${id}` });
        tab.addEventListener("click", () => this.turn(id));
        tabs.append(tab);
        this.pages[id] = make("section", `page ${id}`, null, {
          role: "tabpanel", id: `page-${id}`, "aria-labelledby": `tab-${id}`, tabindex: "0" });
      }
      tabs.addEventListener("keydown", (event) => this.step(event));
      side.append(tabs, ...Object.values(this.pages));
      document.querySelector(".time").append(this.corridors.own.bar);
      this.buildScenes();
      this.buildLayers();
      this.buildAbout();
      this.empty();
      this.pages.events.append(this.counts = make("p", "quiet"), this.all = make("ul", "list"));
      if (!scenes.length) this.tabs.scenes.hidden = true;
    }

    turn(id) {
      for (const [name, tab] of Object.entries(this.tabs)) {
        tab.setAttribute("aria-selected", String(name === id));
        tab.tabIndex = name === id ? 0 : -1;
        this.pages[name].hidden = name !== id;
      }
      this.pages[id].scrollTop = 0;
    }

    /** Arrow keys walk the tabs. */
    step(event) {
      const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!way) return;
      event.preventDefault();
      const ids = Object.keys(this.tabs).filter((id) => !this.tabs[id].hidden);
      const at = ids.findIndex((id) => this.tabs[id].getAttribute("aria-selected") === "true");
      const to = ids[(at + way + ids.length) % ids.length];
      this.turn(to);
      this.tabs[to].focus();
    }

    // -- Scenes -------------------------------------------------------------------------------

    buildScenes() {
      const { scenes } = this.data.presentation;
      this.cards = scenes.map((scene) => {
        const { sheet } = scene;
        const go = make("button", "go", null, { type: "button" }, [
          make("b", "number", String(sheet.number)),
          make("span", "", null, {}, [
            make("span", "title", sheet.title, { dir: "auto" }),
            make("span", "quiet", `${sheet.day}. ${sheet.window}.`)])]);
        go.addEventListener("click", () => this.go(scene));
        return make("li", "", null, {}, [go, make("div", "told", null, {}, [
          ...(sheet.note ? [make("p", "note", sheet.note, { dir: "auto" })] : []),
          ...sheet.captions.map(({ words, quoted, how, source }) => make("blockquote", "", null, {}, [
            make("p", "", quoted ? `“${words}”` : words, { dir: "auto" }),
            make("p", "quiet", how), make("p", "quiet", source, { dir: "auto" })])),
          ...(sheet.schematic ? [make("p", "quiet", sheet.schematic)] : []),
          ...sheet.missing.map((words) => make("p", "notice", `Missing: ${words}`)),
          make("details", "", null, {}, [
            make("summary", "", "Date, sources, limits"),
            ...this.data.print[scene.id].map((line) => make("p", "quiet", line, { dir: "auto" }))])])]);
      });
      this.pages.scenes.append(make("ol", "scenes", null, {}, this.cards));
    }

    go(scene) {
      this.show(scene.drawing);
      this.tell(scene);
    }

    /** Mark a scene in the list, and put what is open in it into the panel. */
    tell(scene) {
      this.mark(scene);
      const { event, layer } = scene.drawing.selected;
      if (event) this.writeEvent(event);
      else if (layer) { this.shown = { layer }; this.waits = true; }
      else this.empty();
    }

    mark(scene) {
      this.scene = scene;
      this.data.presentation.scenes.forEach((one, i) => {
        const button = this.cards[i].firstChild;
        if (one === scene) button.setAttribute("aria-current", "step");
        else button.removeAttribute("aria-current");
        this.cards[i].lastChild.hidden = one !== scene;
      });
    }

    present() {
      const { scenes } = this.data.presentation;
      this.presentation ??= new Presentation(this.corridors, this.data.presentation, {
        step: (number) => { this.last = number; },
        exit: () => { this.go(scenes[this.last]); },
      });
      this.presentation.begin(Math.max(0, scenes.indexOf(this.scene)));
    }

    // -- Evidence -----------------------------------------------------------------------------

    empty() {
      this.shown = null;
      this.pages.open.replaceChildren(make("p", "quiet",
        "Nothing is open. Choose an event or a corridor, on the map or in the lists."));
    }

    close() {
      this.empty();
      this.change({ selected: { event: null, layer: null, row: null } });
      this.turn(this.scene ? "scenes" : "events");
    }

    openEvent(id) {
      this.writeEvent(id);
      this.change({ selected: { event: id, layer: null, row: null } });
      this.turn("open");
    }

    openRow(row) {
      const one = this.data.evidence.rows?.[row];
      if (!one) return;
      this.shown = { days: one.days };
      this.write([
        this.chips(one, one.mode), make("h2", "", one.title, { dir: "auto" }), this.far(),
        make("blockquote", "", null, {}, [make("p", "", null, {}, [make("mark", "", one.quote, { dir: "auto" })])]),
        facts([["Says who", [one.source]], ["Published", [`${one.publisher}, ${one.published}`]],
          ["When", [one.when]], ["Where", [`as recorded; the true place may lie ${one.radius} from it`]],
          ["Sort", [`${this.style.themes[one.theme]}, ${one.kind}`]]])]);
      this.change({ selected: { event: one.id, layer: null, row } });
      this.turn("open");
    }

    openLayer(layer, place = null) {
      this.shown = { layer, place };
      this.change({ selected: { event: null, layer, row: null } });
      this.writeLayer();
      this.turn("open");
    }

    chips({ theme, mode }, modeWords, meaning = "") {
      return make("p", "chips", null, {}, [
        drawn(this.style.glyphs[`${theme}-${mode}`]), " ", make("b", "", modeWords),
        ...(meaning ? [`: ${meaning}`] : [])]);
    }

    far() {
      this.outside = make("p", "notice", "Outside the window of days.");
      this.outside.hidden = !this.corridors.state || this.meets(this.shown.days);
      return this.outside;
    }

    write(nodes) {
      const close = make("button", "close", "Close", { type: "button" });
      close.addEventListener("click", () => this.close());
      this.pages.open.replaceChildren(close, ...nodes);
    }

    writeEvent(id) {
      const { events, articles } = this.data.evidence;
      const event = events[id];
      if (!event) { this.empty(); return; }
      this.shown = { event: id, days: [event.first, event.last] };
      const several = event.tellers.length > 1;
      const told = event.tellers.flatMap(({ article, spans, says, when, figures }) => {
        const { text, publisher, published } = articles[article];
        const letters = [...text];
        return [
          ...(several ? [make("h3", "", `${publisher}, ${published}`)] : []),
          ...spans.map(([start, stop]) => make("blockquote", "", null, {}, [
            make("p", "", letters.slice(start, stop).join(""), { dir: "auto" })])),
          ...(several ? [] : [make("p", "quiet", `${publisher}, ${published}. ${event.sort}.`)]),
          facts([["Says who", says], ...(several ? [["When", [when]]] : []), ["Figures", figures]])];
      });
      this.write([
        ...(event.draft ? [make("p", "notice", "Draft. The reader found it; nobody has accepted it yet.")] : []),
        this.chips(event, event.modeWords, event.meaning),
        make("h2", "", event.title, { dir: "auto" }), this.far(), ...told,
        facts([
          ["When", [event.dateWords ? `“${event.dateWords}” → ${event.when}` : event.when, event.dateReason]],
          ["Where", [...event.mentions, ...event.sites.map((site) => site.join(": ")),
            ...(event.reason ? [`Not on the map. ${event.reason}`] : [])]],
          ["Who", event.actors ? [event.actors] : []],
          ["Tied to", event.ties.length
            ? event.ties.map(([name, words, states]) => [`${name}: ${words}`, ...states.map((state) => `– ${state}`)].join("\n"))
            : ["No corridor, border or crossing."]]]),
        ...event.tellers.flatMap(({ article, spans }) => this.article(articles[article], spans))]);
    }

    /** The whole article, its evidence marked; offsets count characters, not halves of them. */
    article({ headline, publisher, published, byline, text }, spans) {
      const letters = [...text];
      const pieces = [];
      let at = 0;
      for (const [start, stop] of spans) {
        if (start < at) continue;
        pieces.push(letters.slice(at, start).join(""), make("mark", "", letters.slice(start, stop).join("")));
        at = stop;
      }
      pieces.push(letters.slice(at).join(""));
      return [
        make("h3", "", headline || "The whole article", { dir: "auto" }),
        make("p", "quiet", [`${publisher}, ${published}.`, byline].filter(Boolean).join(" "), { dir: "auto" }),
        make("div", "article", null, { dir: "auto" }, pieces)];
    }

    /** What is known of a layer on the day of the map. */
    writeLayer() {
      this.waits = false;
      const { layer: id, place } = this.shown;
      const layer = this.data.evidence.layers[id];
      const { events } = this.data.evidence;
      const day = this.corridors.state.window[1];
      if (!layer) { this.empty(); return; }
      const stands = this.standing(id, day)
        .toSorted((a, b) => (b.place !== null && b.place === place) - (a.place !== null && a.place === place));
      const method = stands.find((one) => one.method)?.method;
      const next = layer.footprints.filter(({ first }) => first > day).toSorted((a, b) => a.first - b.first)[0];
      this.write([
        make("h2", "", null, {}, [this.swatch(id, method), " ", word(layer.names.en)]),
        make("p", "quiet", null, {}, [
          make("bdi", "", layer.names.ar, { lang: "ar" }), " · ", make("bdi", "", layer.names.he, { lang: "he" })]),
        make("p", "", layer.about, { dir: "auto" }), make("p", "day", `As of ${dayWords(day)}`),
        ...stands.flatMap((one) => [
          make("h3", "", [one.name, one.label].filter(Boolean).join(": "), { dir: "auto" }),
          facts([...one.facts.map(([name, words]) => [name, [words]]),
            ["Held by", one.held.filter(({ first, last }) => first <= day && last >= day)
              .map(({ who, words, source }) => `${who}. ${words} (${source})`)],
            ["How sure", [one.sure]], ["Source", [one.source]], ["Note", one.note ? [one.note] : []]])]),
        ...(stands.length ? [] : [make("p", "", "No footprint is known for this day.")]),
        ...(next ? [make("p", "quiet", `Next change: ${next.starts}.`)] : []),
        ...this.wants(id, stands, day),
        make("h3", "", `Events tied to it: ${layer.events.length}`),
        make("ul", "list", null, {}, layer.events.map((one) => this.item(events[one])))]);
    }

    /** Who wants, claims or does what on a ground, each leading to its sentence. */
    wants(layer, stands, day) {
      const { record, choices } = this.corridors;
      const sites = [`layer:${layer}`, ...stands.map(({ place }) => `place:${place}`)];
      const told = sites.flatMap((site) => record.wanted(site, day, choices.hindsight));
      return told.length ? [make("h3", "", "Who wants what"), make("ul", "list", null, {},
        told.map(({ event, party, one, mode, source, who }) => {
          const button = make("button", "", null, { type: "button" }, [make("span", "", null, {}, [
            make("b", "", null, {}, [word(party.en)]), " ", word(one),
            make("span", "quiet", [mode, who && `according to ${who}`, source].filter(Boolean).join(" · "), { dir: "auto" })])]);
          button.addEventListener("click", () => this.openEvent(event));
          return make("li", "", null, {}, [button]);
        }))] : [];
    }

    // -- Lists --------------------------------------------------------------------------------

    list() {
      const { state, record } = this.corridors;
      if (!state) return;
      if (this.waits) this.writeLayer();
      const { events } = this.data.evidence;
      const counts = [
        [state.counts.placed, "on the map"], [state.counts.unplaced, "not placed"],
        [state.counts.hidden, "turned off"], [state.counts.outside, "outside the window"],
        [state.counts.drafts, "drafts"]];
      this.counts.textContent = counts.filter(([n]) => n)
        .map(([n, words]) => `${n.toLocaleString("en")} ${words}`).join(" · ") || "No events.";
      const seen = new Set([...state.placed, ...state.unplaced, ...state.drafts]);
      const focused = document.activeElement?.closest?.("li")?.dataset.id;
      this.all.replaceChildren(...record.events.filter(({ id }) => seen.has(id)).map(({ id }) => this.item(events[id])));
      if (focused) [...this.all.children].find((li) => li.dataset.id === focused)?.firstChild.focus({ preventScroll: true });
    }

    item(event) {
      const button = make("button", "", null, { type: "button" }, [
        drawn(this.style.glyphs[`${event.theme}-${event.mode}`]),
        make("span", "", null, {}, [
          make("span", "title", event.title, { dir: "auto" }),
          make("span", "quiet", [
            ...(event.draft ? ["Draft"] : []), event.when, event.modeWords,
            ...(event.reason ? ["not on the map"] : [])].join(" · "))])]);
      button.addEventListener("click", () => this.openEvent(event.id));
      const li = make("li", "", null, {}, [button]);
      li.dataset.id = event.id;
      return li;
    }

    // -- Layers -------------------------------------------------------------------------------

    buildLayers() {
      const { evidence: { layers }, record } = this.data;
      const { themes, modes, glyphs, crossings } = this.style;
      this.boxes = [];
      const box = (picture, words, on, flip) => {
        const input = make("input", "", null, { type: "checkbox" });
        input.addEventListener("change", () => flip(input.checked));
        this.boxes.push(() => { input.checked = on(this.corridors.choices); });
        return make("li", "", null, {}, [
          make("label", "", null, {}, [input, ...(picture ? [picture] : []), word(words)])]);
      };
      const member = (name, id) => [
        (choices) => choices[name].includes(id),
        (on) => {
          const chosen = new Set(this.corridors.choices[name]);
          if (on) chosen.add(id); else chosen.delete(id);
          this.change({ [name]: [...chosen] });
        }];
      const flag = (name) => [(choices) => Boolean(choices[name]), (on) => this.change({ [name]: on })];
      const known = Object.keys(this.style.layers).filter((id) => id in layers);
      const group = (title, items) => [make("h3", "", title), make("ul", "toggles", null, {}, items)];
      const open = (id) => {
        const button = make("button", "", "Facts", { type: "button", "aria-label": `Facts about ${layers[id].names.en}` });
        button.addEventListener("click", () => this.openLayer(id));
        return button;
      };
      this.samples = new Map(known.map((id) => [id, make("span", "sample", null, {}, [this.swatch(id)])]));
      this.pages.layers.append(
        ...group("Land", [
          ...known.map((id) => {
            const li = box(this.samples.get(id), layers[id].names.en, ...member("layers", id));
            li.append(open(id));
            return li;
          }),
          box(this.swatch("places"), "Names of places", ...member("layers", "places"))]),
        ...group("Events", Object.entries(themes).map(([theme, words]) => (
          box(drawn(glyphs[`${theme}-happened`]), words, ...member("themes", theme))))),
        ...group("View", [
          box(null, "Cumulative: all events up to the day", ...flag("cumulative")),
          box(null, "Who holds, who wants what", ...flag("positions")),
          box(null, "With hindsight", ...flag("hindsight")),
          ...(record.events.some(({ draft }) => draft)
            ? [box(null, "Drafts: found by the reader, accepted by nobody", ...flag("drafts"))] : [])]),
        make("h3", "", "Legend"),
        make("ul", "legend", null, {}, [
          ...Object.entries(modes).map(([mode, words]) => make(
            "li", "", null, {}, [drawn(glyphs[`diplomacy-${mode}`]), " ", words])),
          ...Object.entries(crossings).map(([status, svg]) => make(
            "li", "", null, {}, [drawn(svg), ` crossing, ${status}`]))]),
        make("p", "quiet", `${this.style.pale}. Hatched and dashed: schematic, the true outline is `
          + "not known. Narrow strips are drawn wider than they are."));
    }

    swatch(layer, method) {
      const table = this.style.layers[layer].swatch;
      const usual = this.data.evidence.layers[layer]?.method;
      return drawn(table[method ?? usual] ?? Object.values(table)[0]);
    }

    /** The footprints of a layer that stand on a day. */
    standing(id, day) {
      return this.data.evidence.layers[id].footprints.filter(({ first, last }) => first <= day && last >= day);
    }

    /** Samples of the layers as they are drawn on the day of the map. */
    sample() {
      const day = this.corridors.state.window[1];
      for (const [id, sample] of this.samples) {
        const { method } = this.standing(id, day).find((one) => one.method) ?? {};
        sample.replaceChildren(this.swatch(id, method));
      }
    }

    /** Toggles and language as the map has them. */
    agree() {
      for (const one of this.boxes) one();
      this.language.value = this.corridors.choices.language;
    }

    buildAbout() {
      this.pages.about.append(...this.data.about.flatMap(([title, lines]) => [
        make("h3", "", title),
        ...lines.map((line) => make("p", "", line, { dir: "auto" }))]));
    }
  }

  /** Names and what is said under each; those without words are left out. */
  function facts(pairs) {
    return make("dl", "", null, {}, pairs.filter(([, words]) => words.length).flatMap(([name, words]) => [
      make("dt", "", name), ...words.filter(Boolean).map((one) => make("dd", "", one, { dir: "auto" }))]));
  }

  /** Columns of recorded events out of the page; null when it holds none. */
  async function opened(base64) {
    if (!base64) return null;
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Chronicle(await new Response(stream).arrayBuffer());
  }

  Document.begin = async (corridors) => {
    const data = JSON.parse(document.getElementById("data").textContent);
    data.chronicle = await opened(data.chronicle);
    window.page = new Document(corridors, data);
  };

  window.Corridors.Document = Document;
}
