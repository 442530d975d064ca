// The app's Home: its tab beside the messages, and the blocks that the app published.

import { el } from "./dom.js";
import { viewBlocks } from "./inputs.js";
import { act } from "./server.js";
import { state } from "./state.js";
import { toast } from "./toast.js";

let shown = null;

/** Draws the tabs of a direct message with the app; `choose(tab)` opens one. */
export function drawTabs(container, channel, choose) {
  container.hidden = channel.kind !== "im" || !state.hasHome;
  if (container.hidden || container.tab === state.tab) return;
  container.tab = state.tab;
  container.replaceChildren(...[["home", "Home"], ["messages", "Messages"]].map(([tab, name]) =>
    el("button", {
      type: "button", role: "tab", id: `tab-${tab}`, "aria-selected": String(state.tab === tab), tabindex: state.tab === tab ? "0" : "-1",
      onclick: () => choose(tab), onkeydown: (event) => { if (/^Arrow(Left|Right)$/.test(event.key)) { choose(tab === "home" ? "messages" : "home"); document.getElementById(`tab-${state.tab}`).focus(); } },
    }, name)));
}

/** Draws the Home, or says that there is none yet. */
export function drawHome(container) {
  if (shown === state.home && container.childElementCount) return;
  shown = state.home;
  const focus = document.activeElement?.dataset?.focus ?? document.activeElement?.id;
  container.replaceChildren(...(state.home ? [viewBlocks(state.home, {})] : [el("p", { class: "waiting" }, "The app has not published its Home yet.")]));
  if (focus) (container.querySelector(`[data-focus="${CSS.escape(focus)}"]`) ?? document.getElementById(focus))?.focus();
}

/** Tells the app which of its tabs was opened. */
export function openedTab(tab) {
  act("home", { tab }).catch((error) => toast(error.message));
}
