// Short notices at the bottom of the page.

import { el } from "./dom.js";

/** Says something for a few seconds. */
export function toast(words) {
  const node = el("div", { class: "toast" }, words);
  document.getElementById("toasts").append(node);
  setTimeout(() => node.remove(), 6000);
}
