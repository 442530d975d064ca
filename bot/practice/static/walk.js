// Messages by keyboard: Tab reaches the newest one, arrow keys walk, its tools are the next Tab stop.

/** Makes a list of messages walkable; `leave()` is what Escape does. */
export function walkable(list, leave) {
  list.addEventListener("keydown", (event) => {
    const at = event.target;
    if (!at.matches(".message")) return;
    const all = messages(list);
    const to = { ArrowUp: all[all.indexOf(at) - 1], ArrowDown: all[all.indexOf(at) + 1], Home: all[0], End: all.at(-1) }[event.key];
    if (event.key === "Escape") leave();
    else if (to) step(list, to);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}

/** Leaves one message of the list as its Tab stop: the one with focus, or the newest. */
export function stops(list) {
  const all = messages(list);
  const now = all.find((one) => one.contains(document.activeElement)) ?? all.at(-1);
  for (const one of all) one.tabIndex = one === now ? 0 : -1;
}

function step(list, message) {
  message.focus();
  message.scrollIntoView({ block: "nearest" });
  stops(list);
}

const messages = (list) => [...list.querySelectorAll(".message")];
