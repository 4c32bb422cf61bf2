// What of the record stands in a window: decided here as `scene` decides it in Python.
"use strict";
window.Corridors ??= {};

{
  const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
  const MONTHS = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

  /** A day, counted from 1 January 1970, as "Thu 22 Aug 2024"; no time zone has a say. */
  function dayWords(number) {
    const day = new Date(number * 864e5);
    return [DAYS[day.getUTCDay()], day.getUTCDate(), MONTHS[day.getUTCMonth()],
      day.getUTCFullYear()].join(" ");
  }

  class Scene {
    /** @param {object} record As `draw/record.py` makes it: footprints, events, sites. */
    constructor(record) {
      Object.assign(this, record);
      this.order = new Map(this.events.map(({ id }, number) => [id, number]));
    }

    /** The window that counts: from the first day known on when everything up to it is shown. */
    window([first, last], cumulative) {
      return [cumulative ? Math.min(this.begins, first) : first, last];
    }

    /**
     * @param {number[]} window First and last day; both count.
     * @param {{layers: Set, themes: Set, language: string, drafts: boolean, positions: boolean,
     *   hindsight: boolean}} chosen
     * @returns {{footprints: object[], callouts: object[], placed: string[], unplaced: string[],
     *   drafts: string[], hidden: number, outside: number}} Drafts are in no other count.
     */
    at([first, last], { layers, themes, language, drafts, positions, hindsight }) {
      const stands = this.footprints.filter((one) => one.first <= last && one.last >= last);
      const off = (some) => some.length && !some.some(({ layer }) => layers.has(layer));
      const footprints = stands.filter(({ layer, lonlat }) => lonlat && layers.has(layer));
      const reviewed = this.events.filter(({ draft }) => !draft);
      const meets = (event) => event.first <= last && event.last >= first;
      const within = reviewed.filter(meets);
      const events = within.filter(({ theme }) => themes.has(theme));
      const proposed = this.events.filter((event) => (
        drafts && event.draft && meets(event) && themes.has(event.theme)));
      const seen = new Set([...events, ...proposed].map(({ id }) => id));
      const shown = new Set(stands.filter(({ layer }) => layers.has(layer)).map((one) => one.layer));
      return {
        placed: events.filter(({ placed }) => placed).map(({ id }) => id),
        unplaced: events.filter(({ placed }) => !placed).map(({ id }) => id),
        drafts: proposed.filter(({ placed }) => placed).map(({ id }) => id),
        hidden: within.length - events.length,
        outside: reviewed.length - within.length,
        footprints: footprints.map(({ id, layer, names, label, accuracy }) => (
          { id, layer, name: names[language], label, accuracy })),
        callouts: this.sites
          .map((site) => ({
            ...this.callout(site, stands, seen, language),
            ...(positions && !off(this.on(site, stands))
              ? this.stance(site, stands, last, { language, hindsight }) : {}) }))
          .filter(({ events: { length }, wants }, i) => (
            length || (this.sites[i].named && shown.has(this.sites[i].layer))
              || wants?.length)),
      };
    }

    /** The footprints that a position on a site is about: a crossing's own, or all of a layer. */
    on({ layer, place }, stands) {
      return stands.filter((one) => (place ? one.place === place : one.layer === layer));
    }

    /**
     * Who holds a site on a day, and who wants, does or claims what there: in each line those who
     * say the same; and who published it, or says so.
     * @returns {{holders: string[], wants: {who: string[], words: string}[],
     *   told: {wants: string[], who: string[], held: string[]}}}
     */
    stance(site, stands, day, { language, hindsight }) {
      const held = this.on(site, stands)
        .flatMap((one) => one.held).filter(([, first, last]) => first <= day && last >= day);
      const lines = new Map();
      const stand = this.wanted(site.id, day, hindsight);
      for (const { party, one, many } of stand) {
        const line = lines.get(one) ?? { who: [], one, many };
        if (!line.who.includes(party[language])) line.who.push(party[language]);
        lines.set(one, line);
      }
      return {
        holders: [...new Set(held.map(([holder]) => holder[language]))],
        wants: [...lines.values()].map(({ who, one, many }) => (
          { who, words: who.length > 1 ? many : one })),
        told: {
          wants: stand.map(({ source }) => source),
          who: stand.map(({ who }) => who).filter(Boolean),
          held: held.map(([, , , source]) => source),
        },
      };
    }

    /** The positions on a site that stand on a day. */
    wanted(id, day, hindsight) {
      return this.positions.filter(({ at, days }) => {
        const [first, last] = days[Number(hindsight)];
        return at === id && first <= day && (last === null || last >= day);
      });
    }

    callout(site, stands, seen, language) {
      const { layer, place } = site;
      const own = stands.filter((one) => (
        one.lonlat && one.layer === site.of && (!place || one.place === place)));
      const area = !site.named && (site.lonlat ? site.area : Boolean(own[0]?.area));
      const lonlat = site.lonlat ?? own[0]?.lonlat ?? site.anchor;
      return {
        id: site.id, layer, place, area, lonlat,
        name: site.names[language],
        // Drafts come and go; a card stays a card.
        weight: site.events.filter(([id]) => !this.events[this.order.get(id)].draft).length,
        footprints: own.map(({ id }) => id),
        method: own[0]?.method ?? null,
        note: layer && !own.length && site.anchor ? "no outline this day" : area ? "whole area" : "",
        radius_m: area ? null : site.radius_m,
        events: site.events.filter(([id]) => seen.has(id))
          .map(([id, likely]) => ({ ...this.events[this.order.get(id)], likely }))
          .toSorted((a, b) => this.order.get(a.id) - this.order.get(b.id)),
      };
    }
  }

  Object.assign(window.Corridors, { dayWords, Scene });
}
