// rich_text blocks as DOM nodes; their text is plain.

import { el } from "./dom.js";
import { emojiNode, link, mention } from "./mrkdwn.js";
import { channelName, userName } from "./state.js";
import { formatted } from "./times.js";

const STYLES = { code: "code", bold: "b", italic: "i", strike: "s" };

/** Nodes for a rich_text block. */
export function richText(block) {
  return block.elements.map(holder);
}

function holder(part) {
  switch (part.type) {
    case "rich_text_preformatted": return el("pre", {}, part.elements.map(element));
    case "rich_text_quote": return el("blockquote", {}, part.elements.map(element));
    case "rich_text_list": return list(part);
    default: return el("div", { class: "rich" }, part.elements.map(element));
  }
}

function list(part) {
  const attributes = { class: `indent-${Math.min(part.indent ?? 0, 5)}`, start: part.offset ? part.offset + 1 : null };
  const items = part.elements.map((item) => el("li", {}, item.elements.map(element)));
  return el(part.style === "ordered" ? "ol" : "ul", attributes, items);
}

function element(part) {
  switch (part.type) {
    case "link": return styled(link(part.url, part.text), part.style);
    case "emoji": return emojiNode(part.name);
    case "user": return mention(`@${userName(part.user_id)}`);
    case "channel": return mention(`#${channelName(part.channel_id)}`);
    case "broadcast": return mention(`@${part.range}`, true);
    case "date": return el("time", { title: part.fallback }, formatted(part.timestamp, part.format));
    default: return styled(document.createTextNode(part.text ?? ""), part.style);
  }
}

function styled(node, style = {}) {
  return Object.entries(STYLES).reduce((inner, [name, tag]) => (style[name] ? el(tag, {}, inner) : inner), node);
}
