// What can be done with a message: reactions, reply, the app's shortcuts, edit, delete.

import { ask } from "./confirm.js";
import { el, icon } from "./dom.js";
import { emoji } from "./emoji.js";
import { openMenu } from "./menu.js";
import { emojiNode } from "./mrkdwn.js";
import { act } from "./server.js";
import { here, state, userName } from "./state.js";
import { toast } from "./toast.js";

const REACTIONS = ["question", "eyes", "white_check_mark", "+1", "-1", "tada", "sos", "hourglass_flowing_sand", "envelope"];
const failed = (error) => toast(error.message);

/** The row of buttons at a message. */
export function tools(message, { inThread, open, reedit }) {
  const tool = (name, label, onclick, menu = false) => el("button", {
    type: "button", class: "icon-button", "aria-label": label, title: label, "data-focus": `${name}-${message.ts}`, onclick,
    "aria-haspopup": menu ? "menu" : null, "aria-expanded": menu ? "false" : null,
  }, icon(name));
  return el("div", { class: "tools" },
    tool("react", "Add a reaction", (event) => pick(event.currentTarget, message), true),
    inThread ? null : tool("reply", "Reply in thread", () => open(message.thread_ts ?? message.ts, true)),
    tool("more", "More actions", (event) => openMenu(event.currentTarget, actions(message, reedit), "More actions"), true));
}

function actions(message, reedit) {
  const mine = message.user === state.you;
  const place = { channel: here().id, ts: message.ts };
  const remove = async () => {
    const sure = await ask({
      title: { text: "Delete message" }, text: { text: "Delete this message? This cannot be undone." },
      confirm: { text: "Delete" }, style: "danger",
    });
    if (sure) act("delete", place).catch(failed);
  };
  return [
    ...state.shortcuts.filter((one) => one.type === "message").map((one) => ({
      label: one.name, hint: "smtp-bot", choose: () => act("shortcut", { ...place, callback_id: one.callback_id }).catch(failed),
    })),
    { label: "Copy link", choose: () => copyLink(place) },
    mine && !message.files ? { label: "Edit message", choose: () => reedit(message) } : null,
    mine ? { label: "Delete message", danger: true, choose: remove } : null,
  ].filter(Boolean);
}

function copyLink({ channel, ts }) {
  navigator.clipboard.writeText(`${location.origin}/archives/${channel}/p${ts.replace(".", "")}`)
    .then(() => toast("Link copied."), () => toast("The browser does not let the page copy."));
}

function pick(button, message) {
  openMenu(button, REACTIONS.map((name) => ({
    label: [emojiNode(name), ` ${name.replaceAll("_", " ")}`], choose: () => react(message, name, false),
  })), "Reactions");
}

function react(message, name, remove) {
  act("react", { channel: here().id, ts: message.ts, name, remove }).catch(failed);
}

/** The reactions under a message; a press adds yours, or takes it back. */
export function reactions(message) {
  if (!message.reactions?.length) return null;
  return el("div", { class: "reactions" }, message.reactions.map((one) => {
    const mine = one.users.includes(state.you);
    const names = one.users.map(userName).join(", ");
    return el("button", {
      type: "button", class: "reaction", "aria-pressed": String(mine), "data-focus": `${one.name}-${message.ts}`,
      "aria-label": `${one.name.replaceAll("_", " ")}: ${names}`, title: names, onclick: () => react(message, one.name, mine),
    }, el("span", { class: "emoji", "aria-hidden": "true" }, emoji(one.name)), String(one.count));
  }));
}
