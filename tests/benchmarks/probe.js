"use strict";
// Runs in every frame before its own scripts, and gathers in the page's window what was pressed,
// drawn, sent and received. One clock for all frames: milliseconds since 1970.
{
    const clock = (time = performance.now()) => performance.timeOrigin + time;
    const bench = (top.bench ??= { keys: [], moves: [], shown: [], frames: [], sent: 0, received: 0 });

    addEventListener("keydown", (event) => bench.keys.push(clock(event.timeStamp)), true);
    addEventListener("pointermove", (event) => bench.moves.push(clock(event.timeStamp)), true);

    // Called when a set of events has been drawn; it counts from when that frame has been painted.
    // The mark says which day the set ends on, so that an older set is never taken for it.
    window.shown = (mark, count) =>
        requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => bench.shown.push({ mark, count, at: clock() });
            port2.postMessage(null);
        });
    window.markOf = (day) => 1 + (day % 100);
    addEventListener("corridors:drawn", ({ detail }) =>
        window.shown(window.markOf(detail.last), detail.count),
    );

    window.countFrames = () => {
        bench.frames = [];
        const next = (time) => window.counting && (bench.frames.push(time), requestAnimationFrame(next));
        window.counting = true;
        requestAnimationFrame(next);
    };

    const size = (data) => data.byteLength ?? data.size ?? data.length;
    const send = WebSocket.prototype.send;
    WebSocket.prototype.send = function (data) {
        bench.sent += size(data);
        return send.call(this, data);
    };
    window.WebSocket = class extends WebSocket {
        constructor(...address) {
            super(...address);
            this.addEventListener("message", ({ data }) => (bench.received += size(data)));
        }
    };
}
