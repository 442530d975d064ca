// Makes elements. Text only ever becomes a text node, so that what somebody pastes can never become HTML.

const SVG = "http://www.w3.org/2000/svg";

/** An element with attributes, listeners (`on…`) and children; null children are left out. */
export function el(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : String(value));
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

const PATHS = {
  menu: "M3 5h14M3 10h14M3 15h14",
  close: "M5 5l10 10M15 5L5 15",
  attach: "M14.5 8.5l-5.6 5.6a2.6 2.6 0 01-3.7-3.7l6.3-6.3a1.8 1.8 0 012.5 2.5l-6.2 6.2a.8.8 0 01-1.2-1.2l5.3-5.3",
  send: "M3.5 10h6M3.5 4l13.5 6-13.5 6 2-6z",
  reply: "M4 4.5h12v9H9.5L6 16.5v-3H4z",
  react: "M10 3.5a6.5 6.5 0 100 13 6.5 6.5 0 000-13zM7.7 8v.6M12.3 8v.6M7 11.8c.8 1.2 1.8 1.7 3 1.7s2.2-.5 3-1.7",
  shortcuts: "M11 2.5L4.5 11H9l-.8 6.5L15 9h-4.600z",
  edit: "M4 16l.8-3.4L13 4.4a1.4 1.4 0 012 0l.6.6a1.4 1.4 0 010 2L7.4 15.2zM12 6l2 2",
  bin: "M4.5 6h11M8 6V4h4v2m-6.5 0l.8 10h7.4l.8-10",
  samples: "M3.5 5.5h13v9h-13zM3.5 6l6.5 5 6.5-5",
  down: "M5 8l5 5 5-5",
  file: "M6 3h5l4 4v10H6zM11 3v4h4",
  eye: "M2.5 10S5 5 10 5s7.5 5 7.5 5-2.5 5-7.5 5-7.5-5-7.5-5z",
  warning: "M10 3.5l7.5 13h-15zM10 8.5v3.5M10 14.2v.3",
};

/** A line drawing of 20 by 20; decoration, so hidden from screen readers. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", `icon icon-${name}`);
  if (name === "more") {
    for (const x of [4.5, 10, 15.5]) svg.append(circle(x));
    return svg;
  }
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

function circle(x) {
  const dot = document.createElementNS(SVG, "circle");
  dot.setAttribute("cx", x);
  dot.setAttribute("cy", 10);
  dot.setAttribute("r", 1.6);
  return dot;
}

/** Shows items in a container, keeping the nodes of those that did not change. */
export function keyed(container, items, key, signature, render) {
  const kept = new Map([...container.children].map((node) => [node.dataset.key, node]));
  const focused = document.activeElement;
  const wanted = items.map((item) => {
    const id = key(item);
    const sign = signature(item);
    const old = kept.get(id);
    if (old && old.sign === sign) return old;
    const node = render(item);
    node.dataset.key = id;
    node.sign = sign;
    if (old && old.contains(focused)) node.refocus = focused.dataset.focus;
    return node;
  });
  const gone = new Set(container.children);
  for (const [position, node] of wanted.entries()) {
    gone.delete(node);
    if (container.children[position] !== node) container.insertBefore(node, container.children[position] ?? null);
  }
  for (const node of gone) node.remove();
  for (const node of wanted) {
    if (!node.refocus) continue;
    if (node.dataset.focus === node.refocus) node.focus();
    else node.querySelector(`[data-focus="${CSS.escape(node.refocus)}"]`)?.focus();
    delete node.refocus;
  }
}
