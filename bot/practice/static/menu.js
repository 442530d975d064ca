// A menu that opens from a button: arrow keys, Home, End, letters, Escape, click outside.

import { el } from "./dom.js";

let open = null;

/** Opens a menu of `{label, hint, choose, danger}`, or `{group}` for a heading, at a button; focus goes in, and back when it closes. */
export function openMenu(button, items, label) {
  const again = open?.button === button;
  closeMenu();
  if (again) return;
  const list = el("div", { class: "menu", role: "menu", "aria-label": label }, items.map((item) => entry(item)));
  list.addEventListener("keydown", keys);
  (button.closest("dialog") ?? document.body).append(list);
  place(list, button);
  button.setAttribute("aria-expanded", "true");
  open = { list, button };
  list.querySelector("button")?.focus();
}

function entry(item) {
  if (item.group) return el("div", { class: "menu-group", role: "presentation" }, item.group);
  const hint = item.hint ? el("span", { class: "hint" }, item.hint) : null;
  const choose = () => {
    closeMenu(true);
    item.choose();
  };
  return el("button", { type: "button", role: "menuitem", tabindex: "-1", class: item.danger ? "danger" : null, onclick: choose }, item.label, hint);
}

function place(list, button) {
  const spot = button.getBoundingClientRect();
  const room = list.getBoundingClientRect();
  const below = spot.bottom + 4 + room.height < innerHeight;
  const top = below ? spot.bottom + 4 : Math.max(8, spot.top - room.height - 4);
  list.style.setProperty("top", `${top}px`);
  list.style.setProperty("left", `${Math.max(8, Math.min(spot.left, innerWidth - room.width - 8))}px`);
}

/** Closes the open menu; true where there was one. */
export function closeMenu(refocus = false) {
  if (!open) return false;
  const { list, button } = open;
  open = null;
  list.remove();
  button.setAttribute("aria-expanded", "false");
  if (refocus) button.focus();
  return true;
}

function keys(event) {
  const items = [...event.currentTarget.querySelectorAll("button")];
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: (at + 1) % items.length, ArrowUp: (at - 1 + items.length) % items.length, Home: 0, End: items.length - 1 }[event.key];
  if (to !== undefined) items[to].focus();
  else if (event.key === "Escape") closeMenu(true);
  else if (event.key === "Tab") closeMenu(true);
  else if (event.key.length === 1) letter(items, at, event.key.toLowerCase());
  else return;
  if (event.key !== " " && event.key !== "Enter") event.preventDefault();
  event.stopPropagation();
}

function letter(items, at, key) {
  const order = [...items.slice(at + 1), ...items.slice(0, at + 1)];
  order.find((item) => item.textContent.trim().toLowerCase().startsWith(key))?.focus();
}

document.addEventListener("pointerdown", (event) => {
  if (open && !open.list.contains(event.target) && !open.button.contains(event.target)) closeMenu();
});
addEventListener("resize", () => closeMenu());
document.addEventListener("scroll", (event) => {
  if (!open || open.list.contains(event.target)) return;
  const { top, bottom } = open.button.getBoundingClientRect();
  if (open.button.isConnected && bottom > 0 && top < innerHeight) place(open.list, open.button);
  else closeMenu();
}, true);
