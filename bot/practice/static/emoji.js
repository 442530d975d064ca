// The emoji that mail teams and the bot use; the others stay as :name:.

export const EMOJI = {
  "+1": "👍", "-1": "👎", "100": "💯", "1234": "🔢", a: "🅰️", abc: "🔤", alarm_clock: "⏰", arrow_down: "⬇️",
  arrow_left: "⬅️", arrow_right: "➡️", arrow_up: "⬆️", arrows_counterclockwise: "🔄", b: "🅱️", back: "🔙",
  ballot_box_with_check: "☑️", bangbang: "‼️", bar_chart: "📊", bell: "🔔", black_circle: "⚫", boom: "💥", book: "📖",
  books: "📚", bug: "🐛", bulb: "💡", busts_in_silhouette: "👥", calendar: "📅", chart_with_upwards_trend: "📈",
  checkered_flag: "🏁", clipboard: "📋", clock3: "🕒", construction: "🚧", dart: "🎯", email: "✉️", end: "🔚",
  envelope: "✉️", envelope_with_arrow: "📩", exclamation: "❗", eyes: "👀", fire: "🔥", free: "🆓", gear: "⚙️",
  globe_with_meridians: "🌐", green_circle: "🟢", hammer_and_wrench: "🛠️", hand: "✋", hourglass: "⌛",
  hourglass_flowing_sand: "⏳", id: "🆔", inbox_tray: "📥", incoming_envelope: "📨", information_source: "ℹ️", joy: "😂",
  key: "🔑", large_blue_circle: "🔵", large_green_circle: "🟢", large_yellow_circle: "🟡", link: "🔗", lock: "🔒",
  m: "Ⓜ️", mag: "🔍", mailbox: "📫", mailbox_closed: "📪", mailbox_with_mail: "📬", mega: "📣", memo: "📝", new: "🆕",
  ng: "🆖", no_bell: "🔕", no_entry: "⛔", no_entry_sign: "🚫", o: "⭕", ok: "🆗", ok_hand: "👌", on: "🔛",
  outbox_tray: "📤", ox: "🐂", package: "📦", paperclip: "📎", pencil: "📝", point_right: "👉", postbox: "📮",
  pray: "🙏", pushpin: "📌", question: "❓", raised_hands: "🙌", recycle: "♻️", red_circle: "🔴", repeat: "🔁",
  robot_face: "🤖", rocket: "🚀", rotating_light: "🚨", ru: "🇷🇺", shield: "🛡️", slightly_smiling_face: "🙂",
  smile: "😄", snail: "🐌", soon: "🔜", sos: "🆘", speech_balloon: "💬", stopwatch: "⏱️", sweat_smile: "😅", tada: "🎉",
  thinking_face: "🤔", thumbsdown: "👎", thumbsup: "👍", top: "🔝", turtle: "🐢", up: "🆙", us: "🇺🇸", v: "✌️", vs: "🆚",
  warning: "⚠️", wastebasket: "🗑️", wave: "👋", white_check_mark: "✅", white_circle: "⚪", wrench: "🔧", x: "❌",
  yellow_circle: "🟡", zap: "⚡", zzz: "💤", heavy_check_mark: "✔️", large_orange_circle: "🟠", outgoing_envelope: "📨",
};

/** The character of an emoji's name, or the name between colons. */
export function emoji(name) {
  return Object.hasOwn(EMOJI, name) ? EMOJI[name] : `:${name}:`;
}
