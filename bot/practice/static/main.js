// The page: puts the parts together, follows the changes, opens channels and threads.

import { composer } from "./composer.js";
import { el, icon, keyed } from "./dom.js";
import { drawHome, drawTabs, openedTab } from "./home.js";
import { closeMenu } from "./menu.js";
import { avatar, messageNode } from "./message.js";
import { showView } from "./modal.js";
import { drawPerson } from "./people.js";
import { chips } from "./samples.js";
import { act, everything, follow } from "./server.js";
import { apply, author, channelMessages, here, isReply, load, repliesOf, state, threadMessages } from "./state.js";
import { date, dayOf } from "./times.js";
import { toast } from "./toast.js";
import { stops, walkable } from "./walk.js";

const $ = (id) => document.getElementById(id);
const TOGETHER = 300;
const TOPICS = { "email-ops": "Bounces, deferrals and delivery trouble", general: "Company-wide", ops: "Everything else that runs" };

const main = composer($("composer"), {
  where: () => ({ channel: state.channel }),
  placeholder: (name) => `Message ${name}`,
  samples: true,
  sent: () => toEnd($("scroll")),
});
const side = composer($("thread-composer"), {
  where: () => ({ channel: state.channel, thread_ts: state.thread }),
  placeholder: () => "Reply…",
  samples: false,
  sent: () => toEnd($("thread-scroll")),
});

const called = (channel) => (channel.kind === "im" ? channel.name : `#${channel.name}`);

function draw() {
  const channel = here();
  drawPlaces();
  document.title = `${channel.name} – ${state.team} (practice workspace)`;
  $("team").textContent = state.team;
  $("title").replaceChildren(...(channel.kind === "im" ? [avatar({ id: state.bot }, true), channel.name] : [el("span", { class: "hash" }, "#"), channel.name]));
  $("topic").textContent = channel.kind === "im" ? "App" : TOPICS[channel.name] ?? "";
  drawPerson($("person"));
  drawTabs($("tabs"), channel, choose);
  const home = channel.kind === "im" && state.hasHome && state.tab === "home";
  for (const id of ["scroll", "composer"]) $(id).hidden = home;
  $("home").hidden = !home;
  if (home) drawHome($("home"));
  drawIntro(channel);
  drawMessages($("scroll"), $("messages"), channelMessages(), false);
  $("thread").hidden = !state.thread;
  document.body.classList.toggle("with-thread", Boolean(state.thread));
  main.at(channel.id, called(channel));
  if (!state.thread) return;
  $("thread-place").textContent = called(channel);
  drawMessages($("thread-scroll"), $("thread-messages"), threadMessages(), true);
  side.at(`${channel.id}/${state.thread}`, "");
}

function drawPlaces() {
  const entry = (channel) => el("li", {},
    el("button", {
      type: "button", "aria-current": channel.id === state.channel ? "page" : null,
      class: state.unread.has(channel.id) ? "unread" : null, "data-focus": channel.id, onclick: () => go(channel.id),
    }, channel.kind === "im" ? avatar({ id: state.bot }, true) : el("span", { class: "hash", "aria-hidden": "true" }, "#"), channel.name,
    state.unread.get(channel.id) ? el("span", { class: "badge" }, String(state.unread.get(channel.id)), el("span", { class: "unseen" }, " new")) : null));
  const channels = [...state.channels.values()];
  const sign = (channel) => `${channel.id === state.channel} ${state.unread.get(channel.id)}`;
  keyed($("channels"), channels.filter((c) => c.kind !== "im"), (c) => c.id, sign, entry);
  keyed($("directs"), channels.filter((c) => c.kind === "im"), (c) => c.id, sign, entry);
}

function drawIntro(channel) {
  const sign = `${channel.id} ${channel.bot}`;
  if ($("intro").sign === sign) return;
  $("intro").sign = sign;
  const words = channel.kind === "im"
    ? "This is your conversation with smtp-bot, just the two of you. Paste a bounce or ask about a code."
    : channel.bot
      ? "Paste a bounce here and smtp-bot answers in its thread, or type /smtp 451."
      : "smtp-bot is not in this channel, so it reads nothing here. To add it, type /invite @smtp-bot";
  const title = channel.kind === "im" ? channel.name : `# ${channel.name}`;
  $("intro").replaceChildren(el("h3", {}, title), el("p", {}, words), ...(channel.bot ? [el("p", { class: "try" }, "Or try a sample:"), ...chips(main)] : []));
}

function drawMessages(scroll, list, messages, inThread) {
  const end = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
  const items = [];
  messages.forEach((message, number) => {
    const before = messages[number - 1];
    if (!inThread && (!before || dayOf(before.ts) !== dayOf(message.ts))) items.push({ divider: dayOf(message.ts), key: `day-${date(message.ts).toDateString()}` });
    if (inThread && number === 1) items.push({ divider: `${messages.length - 1} ${messages.length === 2 ? "reply" : "replies"}`, key: "replies" });
    items.push({ message, grouped: items.at(-1)?.message === before && together(before, message), key: message.ts });
  });
  const sign = (item) => item.divider ?? JSON.stringify([item.message, item.grouped, inThread ? 0 : repliesOf(item.message.ts).map((r) => r.ts), state.troubles.get(item.message.ts)]);
  keyed(list, items, (item) => item.key, sign, (item) => (item.divider ? dividerNode(item.divider, inThread) : node(item, inThread)));
  stops(list);
  if (end) toEnd(scroll);
}

function node(item, inThread) {
  return messageNode(item.message, { grouped: item.grouped, inThread, open: openThread, reedit });
}

function dividerNode(words, inThread) {
  return el("li", { class: inThread ? "divider left" : "divider" }, el("span", {}, words));
}

function together(before, message) {
  const plain = (m) => !m.is_ephemeral && !m.subtype;
  return Boolean(before) && plain(before) && plain(message) && author(before).id === author(message).id
    && date(message.ts) - date(before.ts) < TOGETHER * 1000 && !repliesOf(before.ts).length;
}

function toEnd(scroll) {
  scroll.scrollTop = scroll.scrollHeight;
  if (scroll === $("scroll")) $("newer").hidden = true;
}

function choose(tab) {
  state.tab = tab;
  openedTab(tab);
  draw();
  if (tab === "messages") toEnd($("scroll"));
}

function go(channel) {
  state.channel = channel;
  state.tab = "messages";
  state.thread = "";
  state.unread.delete(channel);
  history.replaceState(null, "", `#${channel}`);
  sidebar(false);
  $("messages").replaceChildren();
  draw();
  toEnd($("scroll"));
  main.focus();
}

function openThread(ts, focus = true) {
  state.thread = ts;
  $("thread-messages").replaceChildren();
  draw();
  toEnd($("thread-scroll"));
  if (focus) side.focus();
}

function closeThread() {
  const ts = state.thread;
  state.thread = "";
  draw();
  (document.querySelector(`[data-focus="replies-${CSS.escape(ts)}"]`) ?? $("composer-text")).focus();
}

function reedit(message) {
  const item = document.activeElement.closest(".message") ?? document.querySelector(`[data-ts="${message.ts}"]`);
  const area = el("textarea", { "aria-label": "Edit message", rows: String(Math.min(12, message.text.split("\n").length + 1)) });
  const before = item.querySelector(".text").innerText.replace(/\s*\(edited\)$/, "");
  area.value = before;
  const shut = () => { item.sign = ""; draw(); };
  const save = () => act("edit", { channel: message.channel ?? state.channel, ts: message.ts, text: area.value }).then(shut).catch((error) => toast(error.message));
  const box = el("div", { class: "edit-box" }, area, el("div", { class: "bar" }, el("span", { class: "grow" }),
    el("button", { type: "button", class: "button", onclick: shut }, "Cancel"), el("button", { type: "button", class: "button primary", onclick: save }, "Save")));
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); save(); }
    if (event.key === "Escape") { event.stopPropagation(); shut(); }
  });
  item.querySelector(".text").replaceWith(box);
  area.focus();
}

function changed(change) {
  if (change.type === "view") {
    showView(change.view, change);
    return;
  }
  const isNew = apply(change);
  const message = change.message;
  const scroll = $("scroll");
  const low = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight >= 80;
  if (isNew && change.channel !== state.channel && message.user !== state.you) state.unread.set(change.channel, (state.unread.get(change.channel) ?? 0) + 1);
  if (isNew && change.channel === state.channel && low && !isReply(message) && message.user !== state.you) $("newer").hidden = false;
  if (isNew && message.user !== state.you) announce(message, change.channel);
  draw();
  // Slack leaves the thread closed; here the bot's first answer is what people came for.
  const wide = innerWidth > 1000 && change.channel === state.channel && !state.thread;
  if (isNew && wide && message.user === state.bot && isReply(message)) openThread(message.thread_ts, false);
}

function announce(message, channel) {
  const place = channel === state.channel ? "" : ` in ${called(state.channels.get(channel))}`;
  $("announcer").textContent = `${author(message).name}${isReply(message) ? " replied" : ""}${place}: ${message.text.slice(0, 300)}`;
}

function sidebar(open) {
  document.body.classList.toggle("with-sidebar", open);
  $("menu").setAttribute("aria-expanded", String(open));
}

async function refresh() {
  const fresh = await everything();
  load(fresh);
  const linked = /^#(\w+)(?:\/p(\d+)(\d{6}))?$/.exec(location.hash);
  if (linked && state.channels.has(linked[1])) state.channel = linked[1];
  draw();
  showView(fresh.view);
  toEnd($("scroll"));
  if (linked?.[2]) show(`${linked[2]}.${linked[3]}`);
  document.body.dataset.ready = "true";
}

function show(ts) {
  const message = here().messages.get(ts);
  if (message && isReply(message)) openThread(message.thread_ts);
  document.querySelector(`[data-ts="${CSS.escape(ts)}"]`)?.scrollIntoView({ block: "center" });
}

function drops(panel, target) {
  panel.addEventListener("dragover", (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    panel.classList.add("dropping");
  });
  panel.addEventListener("dragleave", (event) => { if (!panel.contains(event.relatedTarget)) panel.classList.remove("dropping"); });
  panel.addEventListener("drop", (event) => {
    event.preventDefault();
    panel.classList.remove("dropping");
    target.add(event.dataTransfer.files);
  });
}

$("menu").append(icon("menu"));
$("thread-close").append(icon("close"));
$("menu").addEventListener("click", () => sidebar(!document.body.classList.contains("with-sidebar")));
$("thread-close").addEventListener("click", closeThread);
walkable($("messages"), () => main.focus());
walkable($("thread-messages"), () => side.focus());
$("newer").addEventListener("click", () => toEnd($("scroll")));
$("scroll").addEventListener("scroll", () => {
  if ($("scroll").scrollHeight - $("scroll").scrollTop - $("scroll").clientHeight < 80) $("newer").hidden = true;
});
document.querySelector(".skip").addEventListener("click", (event) => { event.preventDefault(); main.focus(); });
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
  if (closeMenu(true)) return;
  if (document.body.classList.contains("with-sidebar")) sidebar(false);
  else if (state.thread) closeThread();
});
drops($("channel"), main);
drops($("thread"), side);
follow({
  changed,
  back: () => {
    document.body.classList.remove("offline");
    refresh().then(() => { if (document.activeElement === document.body) main.focus(); });
  },
  gone: () => document.body.classList.add("offline"),
});
