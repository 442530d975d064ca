// The window that forwards a mail to a channel, as its address in Slack does.

import { el, icon } from "./dom.js";
import { act } from "./server.js";
import { toast } from "./toast.js";

/** Asks for a mail and sends it to a channel's address. */
export function forwardMail(channel, name) {
  const dialog = document.getElementById("forward");
  const field = (id, label, node) => el("div", { class: "input-block" }, el("label", { for: id }, label), node);
  const subject = el("input", { id: "mail-subject", type: "text", required: true, value: "Undelivered Mail Returned to Sender" });
  const sender = el("input", { id: "mail-sender", type: "text", value: "mailer-daemon@mx.example.com" });
  const text = el("textarea", { id: "mail-text", rows: "9", required: true, placeholder: "Paste the mail's text" });
  const close = () => dialog.close();
  const send = (event) => {
    event.preventDefault();
    act("email", { channel, subject: subject.value, sender: sender.value, text: text.value }).then(close).catch((error) => toast(error.message));
  };
  dialog.replaceChildren(el("form", { onsubmit: send },
    el("header", { class: "modal-head" },
      el("h2", { id: "forward-title" }, `Forward a mail to ${name}`),
      el("button", { type: "button", class: "icon-button", "aria-label": "Close", onclick: close }, icon("close"))),
    el("div", { class: "modal-body" },
      el("p", { class: "field-hint" }, "It arrives as Slack makes it of a mail sent to the channel's address: subject and text, no headers."),
      field("mail-sender", "From", sender), field("mail-subject", "Subject", subject), field("mail-text", "Text", text)),
    el("footer", { class: "modal-foot" },
      el("button", { type: "button", class: "button", onclick: close }, "Cancel"),
      el("button", { type: "submit", class: "button primary" }, "Forward"))));
  dialog.showModal();
  text.focus();
}
