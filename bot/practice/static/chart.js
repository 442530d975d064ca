// A chart of Block Kit: bars in groups, with their values; lines and areas are drawn as bars too, a pie as a list.

import { el } from "./dom.js";

/** Nodes for a data visualization block. */
export function chart(block) {
  const { type, segments, series, axis_config: axis } = block.chart;
  const shown = type === "pie" ? [{ name: "", data: segments }] : series;
  const labels = type === "pie" ? segments.map((one) => one.label) : axis.categories;
  const most = Math.max(1, ...shown.flatMap((one) => one.data.map((point) => point.value)));
  const value = (one, label) => one.data.find((point) => point.label === label)?.value ?? 0;
  return [
    el("p", { class: "chart-title" }, block.title),
    shown.length > 1 ? el("p", { class: "chart-legend", "aria-hidden": "true" }, shown.map((one, number) => el("span", { class: `series-${number}` }, one.name))) : null,
    el("div", { class: "chart", role: "img", "aria-label": spoken(block.title, shown, labels, value) },
      labels.map((label) => el("div", { class: "chart-group" },
        el("div", { class: "chart-bars" }, shown.map((one, number) => bar(value(one, label), most, number))),
        el("div", { class: "chart-label" }, label)))),
  ];
}

function bar(value, most, number) {
  const node = el("div", { class: `chart-bar series-${number}` }, el("span", {}, String(value)));
  node.style.setProperty("--part", Math.max(value, 0) / most);
  return node;
}

function spoken(title, series, labels, value) {
  return `${title}. ${labels.map((label) => `${label}: ${series.map((one) => `${value(one, label)} ${one.name}`.trim()).join(", ")}`).join(". ")}`;
}
