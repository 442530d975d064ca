// One message: avatar, name, time, text or blocks, files, reactions, replies, what can be done with it.

import { blocks } from "./blocks.js";
import { el, icon } from "./dom.js";
import { mrkdwn } from "./mrkdwn.js";
import { richText } from "./richtext.js";
import { act } from "./server.js";
import { author, isReply, repliesOf, state } from "./state.js";
import { fullTime, timeOf } from "./times.js";
import { toast } from "./toast.js";
import { reactions, tools } from "./tools.js";

const TROUBLES = {
  operation_timeout: "The app did not answer in time. Try again.",
  dispatch_failed: "The app is not connected. Is it running?",
};

/** A message as a list item. `grouped`: it follows another of the same author. */
export function messageNode(message, { grouped, inThread, open, reedit }) {
  const who = author(message);
  const quiet = Boolean(message.is_ephemeral);
  const first = !grouped;
  return el("li", { class: `message${quiet ? " quiet" : ""}${first ? "" : " grouped"}`, "data-ts": message.ts, tabindex: "-1", "data-focus": `message-${message.ts}`, id: inThread ? null : `m${message.ts}` },
    quiet ? el("p", { class: "only-you" }, icon("eye"), "Only visible to you") : null,
    el("div", { class: "row" },
      el("div", { class: "gutter" }, first ? avatar(who) : el("time", { class: "small-time", "aria-hidden": "true" }, timeOf(message.ts).replace(/ [AP]M$/, ""))),
      el("div", { class: "said" },
        first ? heading(message, who) : el("span", { class: "unseen" }, `${who.name}, ${timeOf(message.ts)}: `),
        message.subtype === "thread_broadcast" && !inThread ? el("p", { class: "aside" }, "replied to a thread") : null,
        message.editing ? null : body(message),
        files(message),
        reactions(message),
        state.troubles.has(message.ts) ? trouble(state.troubles.get(message.ts)) : null,
        !inThread && !quiet ? repliesLink(message, open) : null)),
    quiet || message.subtype === "channel_join" ? null : tools(message, { inThread, open, reedit }));
}

/** A person's or an app's picture: initials on a colour, the bot's own sign. */
export function avatar(who, small = false) {
  const node = el("span", { class: small ? "avatar small" : "avatar", "aria-hidden": "true" });
  if (who.id === state.bot) {
    node.append(el("img", { src: "/static/icon.svg", alt: "" }));
    return node;
  }
  node.style.setProperty("background", who.colour);
  node.append(who.name.split(/\s+/).map((word) => word[0]).join("").slice(0, 2).toUpperCase());
  return node;
}

function heading(message, who) {
  return el("div", { class: "by" },
    el("span", { class: "name" }, who.name),
    who.app ? el("span", { class: "app-tag" }, "APP") : null,
    el("time", { title: fullTime(message.ts) }, timeOf(message.ts)));
}

function body(message) {
  const press = (part, block, option) => {
    state.troubles.delete(message.ts);
    act("press", { channel: state.channel, ts: message.ts, block_id: block.block_id, action_id: part.action_id, option: option?.value })
      .catch((error) => toast(error.message));
  };
  const plain = message.blocks?.length === 1 && message.blocks[0].type === "rich_text";
  let content;
  if (plain) content = richText(message.blocks[0]);
  else if (message.blocks?.length) content = blocks(message.blocks, press);
  else content = mrkdwn(message.text ?? "");
  // An app's message that is updated with blocks is not marked as edited (docs.slack.dev/reference/methods/chat.update).
  const marked = message.edited && !(message.bot_id && message.blocks?.length);
  const edited = marked ? el("span", { class: "edited" }, "(edited)") : null;
  return el("div", { class: "text" }, content, edited);
}

function trouble(reason) {
  return el("p", { class: "trouble", role: "alert" }, icon("warning"), TROUBLES[reason] ?? `The app failed: ${reason}`);
}

function files(message) {
  return (message.files ?? []).map((file) => el("div", { class: "file" },
    el("div", { class: "file-head" }, icon("file"),
      el("div", {}, el("div", { class: "file-name" }, file.title ?? "A file from another company"), el("div", { class: "file-kind" }, kind(file)))),
    /^image\/(png|jpeg|gif|webp)$/.test(file.mimetype ?? "") ? el("img", { class: "file-picture", src: `/page/pictures/${file.id}`, alt: file.title ?? "" }) : null,
    file.plain_text || file.preview ? el("pre", {}, file.plain_text || file.preview) : null));
}

function kind(file) {
  const names = { email: "Email", snippet: "Plain Text", hosted: (file.pretty_type ?? "File").replace(/^EML$/, "Email (.eml)") };
  const size = file.size >= 1024 ? `${Math.round(file.size / 1024)} kB` : `${file.size} bytes`;
  return file.size === undefined ? "" : `${names[file.mode] ?? "File"} · ${size}`;
}

function repliesLink(message, open) {
  const replies = repliesOf(message.ts);
  if (!replies.length || isReply(message)) return null;
  const people = new Map(replies.map((reply) => [author(reply).id, author(reply)]));
  const last = replies[replies.length - 1];
  const count = `${replies.length} ${replies.length === 1 ? "reply" : "replies"}`;
  return el("button", {
    type: "button", class: "replies", "data-focus": `replies-${message.ts}`, onclick: () => open(message.ts),
    "aria-label": `${count}, last at ${timeOf(last.ts)}. View thread`,
  },
    [...people.values()].slice(0, 4).map((who) => avatar(who, true)),
    el("span", { class: "count" }, count),
    el("span", { class: "last" }, `Last reply at ${timeOf(last.ts)}`), el("span", { class: "view" }, "View thread"));
}
