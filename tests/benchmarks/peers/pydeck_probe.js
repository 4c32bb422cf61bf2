"use strict";
// deck.gl draws a layer in one call for all its points; the last layer of a frame is the mark.
{
    const { prototype } = WebGL2RenderingContext;
    let last = null;
    for (const name of ["drawArraysInstanced", "drawElementsInstanced"]) {
        const draw = prototype[name];
        prototype[name] = function (...values) {
            draw.apply(this, values);
            if (last === null) {
                queueMicrotask(() => {
                    window.shown(last);
                    last = null;
                });
            }
            last = values[name === "drawArraysInstanced" ? 3 : 4];
        };
    }
}
