// Modals: the app's windows with inputs, errors under them, Escape to close.

import { textObject } from "./blocks.js";
import { el, icon } from "./dom.js";
import { retype, typedIn, valuesOf, viewBlocks } from "./inputs.js";
import { act } from "./server.js";
import { toast } from "./toast.js";

const dialog = document.getElementById("modal");
let shown = null;
let closing = false;

/** Shows a view (null: none), with errors by block and with trouble on the way. */
export function showView(view, { errors = {}, trouble = null } = {}) {
  const typed = view && shown?.id === view.id ? typedIn(dialog) : [];
  shown = view;
  if (!view) {
    closing = true;
    dialog.close();
    closing = false;
    return;
  }
  dialog.replaceChildren(content(view, errors, trouble));
  retype(dialog, typed);
  if (!dialog.open) dialog.showModal();
  const first = dialog.querySelector("[aria-invalid]") ?? dialog.querySelector("input, textarea, select");
  first?.focus();
  if (first?.tagName === "TEXTAREA" && !first.hasAttribute("aria-invalid")) first.setSelectionRange(0, 0);
}

function content(view, errors, trouble) {
  const submit = (event) => {
    event.preventDefault();
    act("submit", { view_id: view.id, values: valuesOf(dialog) }).catch((error) => toast(error.message));
  };
  return el("form", { onsubmit: submit, novalidate: true },
    el("header", { class: "modal-head" },
      el("h2", { id: "modal-title" }, textObject(view.title)),
      el("button", { type: "button", class: "icon-button", "aria-label": "Close", onclick: leave }, icon("close"))),
    el("div", { class: "modal-body" },
      trouble ? el("p", { class: "trouble", role: "alert" }, icon("warning"), "We had some trouble connecting. Try again?") : null,
      viewBlocks(view, errors)),
    view.submit || view.close
      ? el("footer", { class: "modal-foot" },
          el("button", { type: "button", class: "button", onclick: leave }, view.close ? textObject(view.close) : "Close"),
          view.submit ? el("button", { type: "submit", class: "button primary" }, textObject(view.submit)) : null)
      : null);
}

function leave() {
  if (!shown) return;
  act("close", { view_id: shown.id }).catch((error) => toast(error.message));
}

dialog.addEventListener("cancel", (event) => {
  event.preventDefault();
  leave();
});
dialog.addEventListener("close", () => { if (!closing) leave(); });
