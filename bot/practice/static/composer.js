// The box where messages are written: Enter sends, Shift+Enter breaks the line, files by drop, paste or button.

import { el, icon } from "./dom.js";
import { forwardMail } from "./forward.js";
import { closeMenu, openMenu } from "./menu.js";
import { items } from "./samples.js";
import { act, upload } from "./server.js";
import { channelName, state } from "./state.js";
import { toast } from "./toast.js";

// Slack's own client offers a snippet for what is too long for a message.
const SNIPPET = 12_000;

/** A composer in a container. `where()` says channel and thread; `samples`: offers the sample bounces. */
export function composer(container, { where, placeholder, samples, sent }) {
  const files = [];
  const id = `${container.id}-text`;
  const text = el("textarea", { id, rows: "1", "aria-describedby": `${id}-hint`, autocomplete: "off" });
  const hints = el("div", { class: "commands", hidden: true });
  const chips = el("div", { class: "chips", hidden: true });
  const picker = el("input", { type: "file", multiple: true, class: "unseen", tabindex: "-1", "aria-hidden": "true" });
  const attach = el("button", { type: "button", class: "icon-button", "aria-label": "Attach", title: "Attach", "aria-haspopup": "menu", "aria-expanded": "false" }, icon("attach"));
  const quick = el("button", { type: "button", class: "icon-button", "aria-label": "Shortcuts", title: "Shortcuts", "aria-haspopup": "menu", "aria-expanded": "false", hidden: true }, icon("shortcuts"));
  const sample = el("button", { type: "button", class: "samples", "aria-haspopup": "menu", "aria-expanded": "false" }, icon("samples"), "Sample bounces");
  const send = el("button", { type: "button", class: "send", "aria-label": "Send", title: "Send" }, icon("send"));
  const box = el("div", { class: "composer" }, hints, text, chips,
    el("div", { class: "bar" }, attach, quick, samples ? sample : null, el("span", { class: "grow" }), send));
  const drafts = new Map();
  let place = "";
  container.replaceChildren(box, picker, el("p", { class: "keys", id: `${id}-hint` }, el("b", {}, "Enter"), " to send, ", el("b", {}, "Shift + Enter"), " for a new line"));

  const fit = () => {
    text.style.setProperty("height", "auto");
    text.style.setProperty("height", `${Math.min(text.scrollHeight, innerHeight * 0.4)}px`);
    send.disabled = !text.value.trim() && !files.length;
    hint();
  };
  const write = (words) => {
    text.value = words;
    fit();
    text.focus();
    text.setSelectionRange(words.length, words.length);
  };
  const showFiles = () => {
    chips.hidden = !files.length;
    chips.replaceChildren(...files.map((file, number) => el("span", { class: "chip" }, icon("file"), file.name,
      el("button", { type: "button", class: "icon-button", "aria-label": `Remove ${file.name}`, onclick: () => { files.splice(number, 1); showFiles(); fit(); text.focus(); } }, icon("close")))));
  };
  const add = (given) => {
    files.push(...given);
    showFiles();
    fit();
    text.focus();
  };
  const hint = () => {
    const known = /^\/\S*$/.test(text.value) || /^\/\S+ ?$/.test(text.value);
    const fitting = known ? Object.entries(state.commands).filter(([name]) => name.startsWith(text.value.trim())) : [];
    hints.hidden = !fitting.length;
    hints.replaceChildren(...fitting.map(([name, usage]) => el("button", { type: "button", onclick: () => write(`${name} `) }, el("b", {}, name), " ", usage)));
  };
  const go = async () => {
    const words = text.value;
    const { channel, thread_ts } = where();
    if (!words.trim() && !files.length) return;
    const shared = [...files];
    files.length = 0;
    write("");
    showFiles();
    try {
      if (shared.length) await share(shared, words, channel, thread_ts);
      else if (words.length > SNIPPET) await share([new File([words], "Pasted text.txt", { type: "text/plain" })], "", channel, thread_ts, true);
      else await act("send", { text: words, channel, thread_ts });
      sent?.();
    } catch (error) {
      toast(error.message);
      if (!text.value) write(words);
    }
  };

  const runStep = async (callback_id) => {
    try {
      await act("step", { callback_id, text: text.value, channel: where().channel });
      write("");
    } catch (error) {
      toast(error.message);
    }
  };

  text.addEventListener("input", fit);
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      go();
    } else if (event.key === "Tab" && !hints.hidden && !event.shiftKey && !text.value.includes(" ")) {
      event.preventDefault();
      hints.firstElementChild.click();
    } else if (event.key === "Escape" && !hints.hidden) {
      hints.hidden = true;
      event.stopPropagation();
    }
  });
  text.addEventListener("paste", (event) => {
    if (!event.clipboardData.files.length) return;
    event.preventDefault();
    add(event.clipboardData.files);
  });
  send.addEventListener("click", go);
  attach.addEventListener("click", () => {
    const { channel, thread_ts } = where();
    const mail = { label: "Forward a mail to this channel", hint: "as its address in Slack does", choose: () => forwardMail(channel, `#${channelName(channel)}`) };
    openMenu(attach, [
      { label: "Upload a file", hint: ".eml, .txt, .log, .json, .csv, .gz; or drop it here", choose: () => picker.click() },
      ...(thread_ts || channel.startsWith("D") ? [] : [mail]),
    ], "Attach");
  });
  quick.addEventListener("click", () => openMenu(quick, [
    ...globals().map((one) => ({
      label: one.name, hint: one.description, choose: () => act("shortcut", { callback_id: one.callback_id }).catch((error) => toast(error.message)),
    })),
    ...state.steps.map((one) => ({
      label: `Workflow: ${one.title}`, hint: "runs the step on what is in the box", choose: () => runStep(one.callback_id),
    })),
  ], "Shortcuts"));
  picker.addEventListener("change", () => { add(picker.files); picker.value = ""; });
  sample.addEventListener("click", () => openMenu(sample, items(itself), "Sample bounces"));
  fit();
  const itself = {
    write,
    add,
    focus: () => text.focus(),
    at: (key, label) => {
      if (key !== place) {
        drafts.set(place, text.value);
        if (drafts.size > 50) drafts.delete(drafts.keys().next().value);
        text.value = drafts.get(key) ?? "";
        place = key;
        closeMenu();
      }
      quick.hidden = !samples || !(globals().length + state.steps.length);
      text.placeholder = placeholder(label);
      text.setAttribute("aria-label", placeholder(label));
      fit();
    },
  };
  return itself;
}

const globals = () => state.shortcuts.filter((one) => one.type === "global");

async function share(files, comment, channel, thread, snippet = false) {
  for (const [number, file] of files.entries()) {
    const fields = { channel, comment: number ? "" : comment };
    if (thread) fields.thread_ts = thread;
    if (snippet) fields.snippet = "1";
    await upload(file, fields);
  }
}
