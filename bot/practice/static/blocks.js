// Block Kit as Slack draws it.

import { chart } from "./chart.js";
import { el, icon } from "./dom.js";
import { openMenu } from "./menu.js";
import { mrkdwn, unescape } from "./mrkdwn.js";
import { richText } from "./richtext.js";
import { EMOJI } from "./emoji.js";
import { state } from "./state.js";
import { ask } from "./confirm.js";

/** Nodes for a text object; plain text has emoji but no markup. */
export function textObject(object) {
  if (object.type === "mrkdwn") return mrkdwn(object.text);
  return [withEmoji(object.text)];
}

const withEmoji = (text) => text.replace(/:([a-z0-9_+'-]+):/g, (whole, name) => (Object.hasOwn(EMOJI, name) ? EMOJI[name] : whole));

/** Nodes for blocks; `press(element, block, option)` is what a press does. */
export function blocks(list, press) {
  return list.map((block) => {
    const draw = DRAW[block.type];
    const shown = draw ? draw(block, press) : [el("p", { class: "unknown" }, `This block (${block.type}) is not drawn here.`)];
    return el("div", { class: `block block-${block.type.replaceAll("_", "-")}`, "data-block": block.block_id }, shown);
  });
}

const DRAW = {
  header: (block) => [el("h3", {}, textObject(block.text))],
  divider: () => [el("hr")],
  section: (block, press) => [
    el("div", { class: "section-text" },
      block.text ? el("div", {}, textObject(block.text)) : null,
      block.fields ? el("div", { class: "fields" }, block.fields.map((field) => el("div", {}, textObject(field)))) : null),
    block.accessory ? el("div", { class: "accessory" }, element(block.accessory, block, press)) : null,
  ],
  context: (block) => block.elements.map((part) => (part.type === "image" ? picture(part) : el("span", {}, textObject(part)))),
  actions: (block, press) => block.elements.map((part) => element(part, block, press)),
  context_actions: (block, press) => block.elements.map((part) => element(part, block, press)),
  image: (block) => [block.title ? el("p", { class: "image-title" }, textObject(block.title)) : null, picture(block)],
  rich_text: (block) => richText(block),
  markdown: (block) => [el("div", {}, mrkdwn(block.text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll("**", "*")))],
  data_visualization: (block) => chart(block),
  table: (block) => [el("table", {}, block.rows.map((row, number) => el("tr", {}, row.map((cell, column) => tableCell(cell, number, block.column_settings?.[column])))))],
};

function tableCell(cell, row, setting) {
  const look = [setting?.align ?? "left", setting?.is_wrapped ? "wrapped" : "one-line"].join(" ");
  return el(row ? "td" : "th", { class: look, scope: row ? null : "col" }, cell.type === "rich_text" ? richText(cell) : cell.text);
}

// Pictures would have to come from another machine: the page shows what they are called.
function picture(image) {
  return el("span", { class: "picture", role: "img", "aria-label": image.alt_text }, image.alt_text);
}

/** An interactive element. */
export function element(part, block, press) {
  const chosen = (option) => press(part, block, option);
  switch (part.type) {
    case "button": return button(part, block, press);
    case "overflow": return menuButton(part, "More actions", icon("more"), "button overflow", chosen);
    case "static_select": return select(part, block, chosen);
    case "image": return picture(part);
    case "feedback_buttons":
      return [part.positive_button, part.negative_button].map((one) => el("button", {
        type: "button", class: "button", "data-focus": `${part.action_id}:${one.value}`, "aria-label": one.accessibility_label,
        onclick: () => chosen(one),
      }, withEmoji(one.text.text)));
    case "icon_button":
      return el("button", { type: "button", class: "button", "data-focus": part.action_id, "aria-label": part.text.text, onclick: () => press(part, block) }, icon("bin"));
    default:
      return el("span", { class: "unknown" }, `(${part.type})`);
  }
}

function button(part, block, press) {
  const look = `button ${part.style ?? ""}`.trim();
  const shared = { class: look, "data-focus": part.action_id, "data-action": part.action_id, "aria-label": part.accessibility_label };
  const text = textObject(part.text);
  if (part.url) {
    return el("a", { ...shared, href: /^(https?|mailto):/.test(part.url) ? part.url : null, target: "_blank", rel: "noopener noreferrer", onclick: () => press(part, block) }, text);
  }
  const node = el("button", { ...shared, type: "button" }, text);
  node.addEventListener("click", async () => {
    if (part.confirm && !(await ask(part.confirm))) return;
    node.setAttribute("aria-busy", "true");
    setTimeout(() => node.removeAttribute("aria-busy"), 1500);
    press(part, block);
  });
  return node;
}

/** The options of a menu, those in groups too. */
export function optionsOf(part) {
  return [...(part.options ?? []), ...(part.option_groups ?? []).flatMap((group) => group.options)];
}

function menuButton(part, label, content, look, chosen) {
  const node = el("button", {
    type: "button", class: look, "aria-haspopup": "menu", "aria-expanded": "false", "aria-label": label,
    "data-focus": part.action_id, "data-action": part.action_id,
  }, content);
  const item = (option) => ({
    label: textObject(option.text),
    hint: option.description ? unescape(option.description.text) : null,
    choose: async () => {
      if (part.confirm && !(await ask(part.confirm))) return;
      if (option.url && /^https?:/.test(option.url)) window.open(option.url, "_blank", "noopener,noreferrer");
      chosen(option);
    },
  });
  const grouped = (part.option_groups ?? []).flatMap((group) => [{ group: unescape(group.label.text) }, ...group.options.map(item)]);
  node.addEventListener("click", () => openMenu(node, [...(part.options ?? []).map(item), ...grouped], label));
  return node;
}

// As in Slack, a menu shows what was chosen last until its block is another one.
function select(part, block, chosen) {
  const key = `${block.block_id}:${part.action_id}`;
  const label = el("span", { class: "select-text" });
  const show = (option) => label.replaceChildren(...textObject(option?.text ?? part.placeholder ?? { type: "plain_text", text: "Choose" }));
  const before = optionsOf(part).find((option) => option.value === state.selected.get(key)) ?? part.initial_option;
  show(before);
  const node = menuButton(part, null, [label, icon("down")], "button select", (option) => {
    state.selected.set(key, option.value);
    show(option);
    chosen(option);
  });
  return node;
}
