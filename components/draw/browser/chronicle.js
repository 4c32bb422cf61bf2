// Recorded events as columns of numbers: which rows a window of days shows. Nothing is drawn here.
"use strict";
window.Corridors ??= {};

{
  window.Corridors.Chronicle = class Chronicle {
    static async read(url) {
      const answer = await fetch(url);
      const bytes = answer.body.pipeThrough(new DecompressionStream("gzip"));
      const told = ({ message }) => `${url}, answer ${answer.status}: ${message}`;
      return new Response(bytes).arrayBuffer().then((buffer) => new Chronicle(buffer)).catch(
        (fault) => { throw new Error(told(fault)); });
    }

    /** Views on the bytes, no copies. Days count from 1970-01-01; accuracy a is 2 ** (a / 2) m. */
    constructor(buffer) {
      const magic = String.fromCharCode(...new Uint8Array(buffer).subarray(0, 4));
      if (magic !== "CORR") throw new Error(`it begins with "${magic}" instead of "CORR"`);
      const bytes = new Uint8Array(buffer, 8, new DataView(buffer).getUint32(4, true));
      const { rows, origin, runs, columns } = JSON.parse(new TextDecoder().decode(bytes));
      const types = { xy: Float32Array, first: Int32Array, last: Int32Array, accuracy: Uint8Array };
      for (const [name, Type] of Object.entries(types)) {
        if (!Number.isInteger(columns?.[name])) throw new Error(`it has no column "${name}"`);
        this[name] = new Type(buffer, columns[name], name === "xy" ? 2 * rows : rows);
      }
      Object.assign(this, { rows, origin, runs });
    }

    /** The first row of from..to that begins on `day` or later; `to` if none does. */
    lower(from, to, day) {
      while (from < to) {
        const middle = (from + to) >>> 1;
        [from, to] = this.first[middle] < day ? [middle + 1, to] : [from, middle];
      }
      return from;
    }

    /** The rows of a run that a window may show, from one to before another. */
    bounds(run, first, last) {
      const to = this.lower(run.start, run.stop, last + 1);
      return [run.exact ? this.lower(run.start, to, first) : run.start, to];
    }

    /** Call `visit(row, run, number)` for each row of a window and a Set of themes; count them. */
    each(first, last, themes, visit) {
      let rows = 0;
      for (const run of this.runs) {
        if (!themes.has(run.theme)) continue;
        const [from, to] = this.bounds(run, first, last);
        for (let row = from; row < to; row++) {
          if (this.last[row] >= first) visit(row, run, rows++);
        }
      }
      return rows;
    }

    /** The runs of which a window shows any row. */
    runsIn(first, last, themes) {
      return this.runs.filter((run) => {
        if (!themes.has(run.theme)) return false;
        const [from, to] = this.bounds(run, first, last);
        let row = from;
        while (row < to && this.last[row] < first) row++;
        return row < to;
      });
    }

    count(...window) {
      return this.each(...window, () => {});
    }

    rowsIn(...window) {
      const rows = new Uint32Array(this.count(...window));
      this.each(...window, (row, run, at) => { rows[at] = row; });
      return rows;
    }
  };
}
