// Building the page's elements. Words from data only ever become text nodes.
"use strict";
window.Corridors ??= {};

{
  /** An element with a class, a text (never markup), attributes and children. */
  function make(tag, className = "", text = null, attributes = {}, children = []) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== null) node.textContent = text;
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  }

  /** An SVG element from our own table of style; a parser that runs no script makes it. */
  const drawn = (source) => document.importNode(
    new DOMParser().parseFromString(source, "image/svg+xml").documentElement, true);

  const shape = (tag, attributes) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    return node;
  };

  /** A word that keeps its own direction inside a sentence of another one. */
  const word = (text, className = "") => make("bdi", className, text);

  Object.assign(window.Corridors, { make, drawn, shape, word });
}
