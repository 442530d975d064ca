// The window that asks "are you sure?".

import { el } from "./dom.js";

/** Shows a confirmation object, or a title and words of our own; resolves to whether it was confirmed. */
export function ask(confirm) {
  const dialog = document.getElementById("confirm");
  return new Promise((resolve) => {
    let sure = false;
    const form = el("form", { method: "dialog" },
      el("header", { class: "modal-head" }, el("h2", { id: "confirm-title" }, confirm.title.text)),
      el("div", { class: "modal-body" }, confirm.text.text),
      el("footer", { class: "modal-foot" },
        el("button", { class: "button", type: "submit" }, confirm.deny?.text ?? "Cancel"),
        el("button", { class: `button ${confirm.style === "danger" ? "danger-solid" : "primary"}`, type: "submit", onclick: () => (sure = true) }, confirm.confirm?.text ?? "OK")));
    dialog.replaceChildren(form);
    dialog.addEventListener("close", () => resolve(sure), { once: true });
    dialog.showModal();
  });
}
