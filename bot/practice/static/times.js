// Times as Slack says them, in the reader's own zone.

const DAY = 86_400_000;
const clock = new Intl.DateTimeFormat("en-US", { hour: "numeric", minute: "2-digit" });
const day = new Intl.DateTimeFormat("en-US", { weekday: "long", month: "long", day: "numeric" });
const full = new Intl.DateTimeFormat("en-US", { dateStyle: "long", timeStyle: "medium" });
const FORMATS = {
  date_num: { year: "numeric", month: "2-digit", day: "2-digit" },
  date: { year: "numeric", month: "long", day: "numeric" },
  date_short: { year: "numeric", month: "short", day: "numeric" },
  date_long: { weekday: "long", year: "numeric", month: "long", day: "numeric" },
  time: { hour: "numeric", minute: "2-digit" },
  time_secs: { hour: "numeric", minute: "2-digit", second: "2-digit" },
};

export const date = (ts) => new Date(Number(ts) * 1000);
export const timeOf = (ts) => clock.format(date(ts)).replace("\u202f", " ");
export const fullTime = (ts) => full.format(date(ts));

/** "Today", "Yesterday" or the day. */
export function dayOf(ts) {
  return named(date(ts)) ?? day.format(date(ts));
}

function named(then) {
  const start = new Date();
  start.setHours(0, 0, 0, 0);
  const days = Math.ceil((start - then) / DAY);
  return days <= 0 && start - then > -DAY ? "Today" : days === 1 ? "Yesterday" : null;
}

/** A date in mrkdwn: `{date_short_pretty} at {time}` for seconds since 1970. */
export function formatted(seconds, format) {
  const then = new Date(Number(seconds) * 1000);
  return format.replace(/\{(\w+)\}/g, (whole, name) => {
    if (name === "ago") return ago(then);
    const plain = name.replace(/_pretty$/, "");
    if (!Object.hasOwn(FORMATS, plain)) return whole;
    if (plain !== name && named(then)) return named(then);
    return new Intl.DateTimeFormat("en-US", FORMATS[plain]).format(then).replace("\u202f", " ");
  });
}

function ago(then) {
  const minutes = Math.round((Date.now() - then) / 60_000);
  const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
  if (Math.abs(minutes) < 60) return relative.format(-minutes, "minute");
  if (Math.abs(minutes) < 1440) return relative.format(-Math.round(minutes / 60), "hour");
  return relative.format(-Math.round(minutes / 1440), "day");
}
