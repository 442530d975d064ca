// Slack's mrkdwn as DOM nodes. The text is escaped (&amp; &lt; &gt;); it is unescaped only when it becomes a text node.

import { el } from "./dom.js";
import { EMOJI, emoji } from "./emoji.js";
import { formatted } from "./times.js";
import { channelName, userName } from "./state.js";

const INLINE = new RegExp(
  [
    "(?<token><[^<>\\n]+>)",
    "(?<code>`[^`\\n]+`)",
    "(?<bold>(?<![\\w*])\\*(?=[^\\s*])[^*\\n]*?[^\\s*]\\*(?![\\w*])|(?<![\\w*])\\*[^\\s*]\\*(?![\\w*]))",
    "(?<italic>(?<![\\w_])_(?=[^\\s_])[^_\\n]*?[^\\s_]_(?![\\w_])|(?<![\\w_])_[^\\s_]_(?![\\w_]))",
    "(?<strike>(?<![\\w~])~(?=[^\\s~])[^~\\n]*?[^\\s~]~(?![\\w~]))",
    "(?<emoji>:[a-z0-9_+'-]+:)",
    "(?<url>https?://[^\\s<>|]+)",
  ].join("|"),
  "g",
);

export const unescape = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** Nodes for a mrkdwn text: fences, quotes, lines. */
export function mrkdwn(text) {
  return text.split(/```([\s\S]+?)```/).flatMap((part, number) => {
    if (number % 2) return el("pre", {}, unescape(part.replace(/^\n|\n$/g, "")));
    return part ? lines(number ? part.replace(/^\n/, "") : part) : [];
  });
}

function lines(text) {
  const nodes = [];
  let quote = null;
  for (const [number, line] of text.split("\n").entries()) {
    const quoted = /^(&gt;|>) ?(.*)$/.exec(line);
    if (quoted) {
      if (quote) quote.append(el("br"));
      else nodes.push((quote = el("blockquote")));
      quote.append(...inline(quoted[2]));
      continue;
    }
    if (number && !quote) nodes.push(el("br"));
    quote = null;
    nodes.push(...inline(line));
  }
  return nodes;
}

function inline(text) {
  const nodes = [];
  let at = 0;
  for (const match of text.matchAll(INLINE)) {
    const [kind, found] = Object.entries(match.groups).find(([, value]) => value !== undefined);
    if (match.index > at) nodes.push(unescape(text.slice(at, match.index)));
    nodes.push(...one(kind, found));
    at = match.index + found.length;
  }
  if (at < text.length) nodes.push(unescape(text.slice(at)));
  return nodes;
}

function one(kind, found) {
  const inner = found.slice(1, -1);
  switch (kind) {
    case "token": return token(inner);
    case "code": return [el("code", {}, ...codeInside(inner))];
    case "bold": return [el("b", {}, ...inline(inner))];
    case "italic": return [el("i", {}, ...inline(inner))];
    case "strike": return [el("s", {}, ...inline(inner))];
    case "emoji": return Object.hasOwn(EMOJI, inner) ? [emojiNode(inner)] : [found];
    default: {
      const url = found.replace(/[.,;:!?)\]'"]+$/, "");
      return [link(unescape(url)), found.slice(url.length)];
    }
  }
}

function codeInside(text) {
  return [unescape(text.replace(/<([^|>]+)(?:\|([^>]*))?>/g, (whole, url, label) => label ?? url))];
}

function token(inner) {
  const [target, label] = inner.includes("|") ? [inner.slice(0, inner.indexOf("|")), inner.slice(inner.indexOf("|") + 1)] : [inner, null];
  if (target.startsWith("@")) return [mention(`@${userName(target.slice(1))}`)];
  if (target.startsWith("#")) return [mention(`#${channelName(target.slice(1)) || label || target.slice(1)}`)];
  if (target.startsWith("!date^")) {
    const [, seconds, format] = target.split("^");
    return [el("time", { title: label ?? "" }, formatted(seconds, unescape(format ?? "")))];
  }
  if (target.startsWith("!")) return [mention(`@${target.slice(1).split("^")[0]}`, true)];
  return [link(unescape(target), label === null ? null : unescape(label))];
}

/** Somebody's or a channel's name, marked; loud where it pings. */
export function mention(name, loud = false) {
  return el("span", { class: loud ? "mention loud" : "mention" }, name);
}

/** An emoji with its name for those who do not see it. */
export function emojiNode(name) {
  return el("span", { class: "emoji", role: "img", "aria-label": name.replaceAll("_", " "), title: `:${name}:` }, emoji(name));
}

/** A link that leaves no trace; only web and mail addresses become links. */
export function link(url, label = null) {
  const text = label || url.replace(/^mailto:/, "");
  if (!/^(https?:|mailto:)/i.test(url)) return el("span", {}, text);
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, text);
}
