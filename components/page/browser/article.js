// The text of an article under review: its marks, which one is clicked, which words are selected.
// The text comes as pieces and goes to the page as text nodes only.
"use strict";

const SETTLED_MS = 250;
const listening = new WeakMap();

/** Python counts characters, JavaScript counts halves of some: count as Python does. */
const characters = (text) => [...text].length;

/** The character of the article at one end of a selection that lies in the text. */
function offset(root, node, within) {
  const span = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-start]");
  if (!span) return Number(node.childNodes[within]?.dataset?.start ?? root.dataset.length);
  const before = node === span ? (within && span.textContent) : node.data.slice(0, within);
  return Number(span.dataset.start) + (before ? characters(before) : 0);
}

/** What is selected of the text, as half-open offsets; null when nothing is. */
function selected(root) {
  const selection = document.getSelection();
  if (!selection?.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!root.contains(range.startContainer)) return null;
  const start = offset(root, range.startContainer, range.startOffset);
  // Three clicks in the last paragraph select up to what follows the text.
  const stop = root.contains(range.endContainer)
    ? offset(root, range.endContainer, range.endOffset) : Number(root.dataset.length);
  return start < stop ? { start, stop } : null;
}

/** One piece of the text: a span with its marks as classes, its label drawn by the style sheet. */
function piece({ text, start, marks, label, title, evidence, current }) {
  const span = document.createElement("span");
  span.dataset.start = start;
  span.className = [...marks.map((mark) => `mark-${mark}`), evidence && "evidence", current && "current"]
    .filter(Boolean).join(" ");
  if (label) span.dataset.label = label;
  if (title) span.title = title;
  span.textContent = text;
  return span;
}

function draw(root, data) {
  root.replaceChildren(...data.pieces.map(piece));
  root.dataset.length = data.length;
  root.setAttribute("aria-label", data.name);
  const current = root.querySelector(".current");
  const box = root.parentElement;
  if (current && box.scrollHeight > box.clientHeight) {
    const above = current.getBoundingClientRect().top - box.getBoundingClientRect().top;
    box.scrollTo({ top: box.scrollTop + above - box.clientHeight / 4, behavior: "instant" });
  }
}

/** Listen to clicks and selections in the text until it goes. */
function listen(root, tell) {
  const ends = new AbortController();
  const { signal } = ends;
  let settling = null;
  const look = () => {
    const words = selected(root);
    const said = JSON.stringify(words);
    if (said === root.dataset.said) return;
    root.dataset.said = said;
    if (words) tell("selected", words);
  };
  document.addEventListener("selectionchange", () => {
    clearTimeout(settling);
    settling = setTimeout(look, SETTLED_MS);
  }, { signal });
  root.addEventListener("click", ({ target }) => {
    const { start } = target.closest("[data-start]")?.dataset ?? {};
    if (start && document.getSelection().isCollapsed) tell("clicked", Number(start));
  }, { signal });
  return ends;
}

export default function article({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".reading-text");
  // Called at each run of the page: what has not changed stays, and with it the selection.
  if (root.dataset.version !== data.version) {
    root.dataset.version = data.version;
    draw(root, data);
  }
  listening.get(root)?.abort();
  listening.set(root, listen(root, setTriggerValue));
  return () => listening.get(root)?.abort();
}
