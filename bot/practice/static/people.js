// Who sits before the page: a menu of the people, each with a page of their own.

import { openMenu } from "./menu.js";
import { avatar } from "./message.js";
import { state } from "./state.js";

/** Shows who you are on a button that lets you be somebody else. */
export function drawPerson(button) {
  const you = state.users.get(state.you);
  button.replaceChildren(avatar({ id: you.id, name: you.real_name, colour: you.colour }, true), you.real_name);
  button.setAttribute("aria-label", `You are ${you.real_name}. Be somebody else`);
  button.onclick = () => openMenu(button, [{ group: "See the workspace as" }, ...people().map((user) => ({
    label: user.real_name,
    hint: user.id === state.you ? "you now" : null,
    choose: () => location.assign(`/?as=${user.id}#${state.channel.startsWith("D") ? "" : state.channel}`),
  }))], "People");
}

const people = () => [...state.users.values()].filter((user) => !user.is_bot);
