// The sample bounces: by group, as chips in an empty channel and as a menu at the composer.

import { el } from "./dom.js";
import { state } from "./state.js";

/** The samples by group, in their order: pairs of a group's name and its samples. */
export function groups() {
  const found = new Map();
  for (const sample of state.samples) found.set(sample.group, [...(found.get(sample.group) ?? []), sample]);
  return [...found];
}

/** Puts a sample into a composer: as text, or as the file that it is. */
export function tried(composer, sample) {
  const text = sample.text.trim();
  if (sample.file) composer.add([new File([`${text}\n`], sample.file)]);
  else composer.write(text);
}

/** All samples as chips, a row a group. */
export function chips(composer) {
  return groups().map(([name, samples], number) => el("div", { class: "sample-group" },
    el("h4", { id: `samples-${number}` }, name),
    el("ul", { class: "sample-chips", "aria-labelledby": `samples-${number}` }, samples.map((sample) =>
      el("li", {}, el("button", { type: "button", onclick: () => tried(composer, sample) }, sample.name))))));
}

/** All samples as a menu's items. */
export function items(composer) {
  return groups().flatMap(([name, samples]) => [
    { group: name },
    ...samples.map((sample) => ({ label: sample.name, choose: () => tried(composer, sample) })),
  ]);
}
