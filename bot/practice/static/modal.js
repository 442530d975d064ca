// Modals: the app's windows with inputs, errors under them, Escape to close.

import { blocks, element, textObject } from "./blocks.js";
import { el, icon } from "./dom.js";
import { act } from "./server.js";
import { toast } from "./toast.js";

const dialog = document.getElementById("modal");
let shown = null;
let closing = false;

/** Shows a view (null: none), with errors by block and with trouble on the way. */
export function showView(view, { errors = {}, trouble = null } = {}) {
  const typed = view && shown?.id === view.id ? valuesOf() : {};
  shown = view;
  if (!view) {
    closing = true;
    dialog.close();
    closing = false;
    return;
  }
  dialog.replaceChildren(content(view, errors, trouble));
  fill(typed);
  if (!dialog.open) dialog.showModal();
  (dialog.querySelector("[aria-invalid]") ?? dialog.querySelector("input, textarea, select"))?.focus();
}

function content(view, errors, trouble) {
  const press = (part, block, option) => act("press", { view_id: view.id, action_id: part.action_id, option: option?.value, values: valuesOf() }).catch((error) => toast(error.message));
  const submit = (event) => {
    event.preventDefault();
    act("submit", { view_id: view.id, values: valuesOf() }).catch((error) => toast(error.message));
  };
  return el("form", { onsubmit: submit, novalidate: true },
    el("header", { class: "modal-head" },
      el("h2", { id: "modal-title" }, textObject(view.title)),
      el("button", { type: "button", class: "icon-button", "aria-label": "Close", onclick: leave }, icon("close"))),
    el("div", { class: "modal-body" },
      trouble ? el("p", { class: "trouble", role: "alert" }, icon("warning"), "We had some trouble connecting. Try again?") : null,
      view.blocks.map((block) => (block.type === "input" ? input(block, errors[block.block_id]) : blocks([block], press)))),
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

function input(block, error) {
  const part = block.element;
  const id = `input-${block.block_id}`;
  const about = [block.hint ? `${id}-hint` : null, error ? `${id}-error` : null].filter(Boolean).join(" ") || null;
  const shared = { id, "data-input": part.action_id, "aria-describedby": about, "aria-invalid": error ? "true" : null };
  return el("div", { class: "input-block", "data-block": block.block_id },
    el("label", { for: id }, textObject(block.label), block.optional ? el("span", { class: "optional" }, " (optional)") : null),
    field(part, shared),
    error ? el("p", { class: "field-error", id: `${id}-error` }, error) : null,
    block.hint ? el("p", { class: "field-hint", id: `${id}-hint` }, textObject(block.hint)) : null);
}

function field(part, shared) {
  const placeholder = part.placeholder?.text;
  switch (part.type) {
    case "static_select":
      return el("select", shared, el("option", { value: "" }, placeholder ?? "Choose an option"),
        (part.options ?? []).map((o) => el("option", { value: o.value, selected: part.initial_option?.value === o.value }, o.text.text)));
    case "radio_buttons":
    case "checkboxes":
      return el("div", { ...shared, role: "group" }, part.options.map((o) => choice(part, o)));
    case "datepicker":
      return el("input", { ...shared, type: "date", value: part.initial_date });
    case "plain_text_input":
      if (part.multiline) {
        const area = el("textarea", { ...shared, rows: "4", placeholder, maxlength: part.max_length });
        area.value = part.initial_value ?? "";
        return area;
      }
      return el("input", { ...shared, type: "text", placeholder, value: part.initial_value, maxlength: part.max_length });
    case "email_text_input": return el("input", { ...shared, type: "email", placeholder, value: part.initial_value });
    case "number_input": return el("input", { ...shared, type: "number", placeholder, value: part.initial_value });
    case "url_text_input": return el("input", { ...shared, type: "url", placeholder, value: part.initial_value });
    default: return element(part, {}, () => {});
  }
}

function choice(part, option) {
  const type = part.type === "checkboxes" ? "checkbox" : "radio";
  const initial = part.initial_option ? [part.initial_option] : part.initial_options ?? [];
  const checked = initial.some((one) => one.value === option.value);
  return el("label", { class: "choice" }, el("input", { type, name: part.action_id, value: option.value, checked }), " ", textObject(option.text));
}

function valuesOf() {
  const values = {};
  for (const node of dialog.querySelectorAll("[data-input]")) {
    const name = node.dataset.input;
    if (node.getAttribute("role") !== "group") {
      values[name] = node.value === "" && node.tagName === "SELECT" ? null : node.value;
      continue;
    }
    const checked = [...node.querySelectorAll("input:checked")].map((one) => one.value);
    values[name] = node.querySelector("[type=radio]") ? checked[0] ?? null : checked;
  }
  return values;
}

function fill(values) {
  for (const node of dialog.querySelectorAll("[data-input]")) {
    const value = values[node.dataset.input];
    if (value === undefined || value === null) continue;
    if (node.getAttribute("role") !== "group") node.value = value;
    else for (const box of node.querySelectorAll("input")) box.checked = [value].flat().includes(box.value);
  }
}
