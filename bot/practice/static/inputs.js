// What is filled in: the inputs of modals and of the Home, and their values.

import { blocks, element, optionsOf, textObject } from "./blocks.js";
import { el } from "./dom.js";
import { act } from "./server.js";
import { state } from "./state.js";
import { toast } from "./toast.js";

const PAUSE = 250;

/** The blocks of a modal or a Home; `errors` by block. A press takes along what was filled in. */
export function viewBlocks(view, errors) {
  const press = (part, block, option) => {
    const where = document.querySelector(`[data-view="${CSS.escape(view.id)}"]`);
    act("press", { view_id: view.id, action_id: part.action_id, option: option?.value, values: valuesOf(where) })
      .catch((error) => toast(error.message));
  };
  return el("div", { "data-view": view.id }, view.blocks.map((block) =>
    (block.type === "input" ? input(block, errors[block.block_id], press) : blocks([block], press))));
}

/** Enter in a single line is an action where the block dispatches it. */
function sending(part, block, press) {
  return (event) => {
    if (event.key !== "Enter" || !block.dispatch_action) return;
    event.preventDefault();
    press(part, block);
  };
}

/** A menu whose options the app gives for what is typed. */
function external(part, shared) {
  const list = `${shared.id}-options`;
  const options = el("datalist", { id: list });
  const box = el("input", { ...shared, type: "text", list, autocomplete: "off", placeholder: part.placeholder?.text });
  const found = new Map();
  let waiting = 0;
  box.option = part.initial_option ?? null;
  box.value = part.initial_option?.text.text ?? "";
  const asked = async () => {
    const view = box.closest("[data-view]").dataset.view;
    const { options: given } = await act("suggest", { view_id: view, action_id: part.action_id, text: box.value });
    found.clear();
    for (const one of given) found.set(one.text.text, one);
    options.replaceChildren(...given.map((one) => el("option", { value: one.text.text })));
  };
  box.addEventListener("input", () => {
    box.option = found.get(box.value) ?? null;
    clearTimeout(waiting);
    if (!box.option && box.value.length >= (part.min_query_length ?? 3)) waiting = setTimeout(() => asked().catch((error) => toast(error.message)), PAUSE);
  });
  return [box, options];
}

function input(block, error, press) {
  const part = block.element;
  const id = `input-${block.block_id}`;
  const about = [block.hint ? `${id}-hint` : null, error ? `${id}-error` : null].filter(Boolean).join(" ") || null;
  const shared = { id, "data-input": part.action_id, "aria-describedby": about, "aria-invalid": error ? "true" : null };
  return el("div", { class: "input-block", "data-block": block.block_id },
    el("label", { for: id }, textObject(block.label), block.optional ? el("span", { class: "optional" }, " (optional)") : null),
    field(part, shared, block, press),
    error ? el("p", { class: "field-error", id: `${id}-error` }, error) : null,
    block.hint ? el("p", { class: "field-hint", id: `${id}-hint` }, textObject(block.hint)) : null);
}

function field(part, shared, block, press) {
  const placeholder = part.placeholder?.text;
  switch (part.type) {
    case "static_select":
      return el("select", { ...shared, onchange: block.dispatch_action ? () => press(part, block) : null }, el("option", { value: "" }, placeholder ?? "Choose an option"),
        optionsOf(part).map((o) => el("option", { value: o.value, selected: part.initial_option?.value === o.value }, o.text.text)));
    case "users_select":
      return picker(part, shared, [...state.users.values()].filter((user) => user.id !== "USLACKBOT").map((user) => [user.id, user.real_name]), part.initial_user);
    case "channels_select":
    case "conversations_select":
      return picker(part, shared, [...state.channels.values()].filter((c) => c.kind !== "im").map((c) => [c.id, `#${c.name}`]), part.initial_channel ?? part.initial_conversation);
    case "timepicker":
      return el("input", { ...shared, type: "time", value: part.initial_time });
    case "radio_buttons":
    case "checkboxes":
      return el("div", { ...shared, role: "group" }, part.options.map((o) => choice(part, o)));
    case "datepicker":
      return el("input", { ...shared, type: "date", value: part.initial_date });
    case "plain_text_input":
      if (part.multiline) {
        const area = el("textarea", { ...shared, rows: String(Math.min(9, Math.max(4, (part.initial_value ?? "").split("\n").length))), placeholder, maxlength: part.max_length });
        area.value = part.initial_value ?? "";
        return area;
      }
      return el("input", { ...shared, type: "text", placeholder, value: part.initial_value, maxlength: part.max_length, onkeydown: sending(part, block, press) });
    case "email_text_input": return el("input", { ...shared, type: "email", placeholder, value: part.initial_value });
    case "number_input": return el("input", { ...shared, type: "number", placeholder, value: part.initial_value });
    case "url_text_input": return el("input", { ...shared, type: "url", placeholder, value: part.initial_value });
    case "external_select": return external(part, shared);
    default: return element(part, {}, () => {});
  }
}

function picker(part, shared, choices, initial) {
  return el("select", shared, el("option", { value: "" }, part.placeholder?.text ?? "Choose"),
    choices.map(([value, name]) => el("option", { value, selected: value === initial }, name)));
}

function choice(part, option) {
  const type = part.type === "checkboxes" ? "checkbox" : "radio";
  const initial = part.initial_option ? [part.initial_option] : part.initial_options ?? [];
  const checked = initial.some((one) => one.value === option.value);
  return el("label", { class: "choice" }, el("input", { type, name: part.action_id, value: option.value, checked }), " ", textObject(option.text));
}

/** What was filled in, by action_id. */
export function valuesOf(container) {
  const values = {};
  for (const node of container.querySelectorAll("[data-input]")) {
    const name = node.dataset.input;
    if (node.option !== undefined) {
      values[name] = node.option;
      continue;
    }
    if (node.getAttribute("role") !== "group") {
      values[name] = node.value === "" && node.tagName === "SELECT" ? null : node.value;
      continue;
    }
    const checked = [...node.querySelectorAll("input:checked")].map((one) => one.value);
    values[name] = node.querySelector("[type=radio]") ? checked[0] ?? null : checked;
  }
  return values;
}

/** What stands in the inputs, for contents that come anew. */
export function typedIn(container) {
  return [...container.querySelectorAll("[data-input]")].map((node) => ({
    name: node.dataset.input, value: node.value, option: node.option, checked: [...node.querySelectorAll("input:checked")].map((one) => one.value),
  }));
}

/** Puts back what stood in inputs of the same names. */
export function retype(container, typed) {
  for (const { name, value, option, checked } of typed) {
    const node = container.querySelector(`[data-input="${CSS.escape(name)}"]`);
    if (!node) continue;
    if (node.getAttribute("role") === "group") for (const box of node.querySelectorAll("input")) box.checked = checked.includes(box.value);
    else Object.assign(node, { value, option });
  }
}
