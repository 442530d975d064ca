// What the page knows: people, channels and their messages, what only you see, what is open.

export const state = {
  team: "", you: "", bot: "", users: new Map(), channels: new Map(), ephemerals: new Map(), samples: [], commands: {},
  longest: 40_000, channel: "", thread: "", tab: "messages", home: null, hasHome: false, shortcuts: [], steps: [], unread: new Map(), troubles: new Map(), selected: new Map(),
};

/** Takes over what the server says there is. */
export function load(fresh) {
  Object.assign(state, { team: fresh.team, you: fresh.you, bot: fresh.bot, samples: fresh.samples, commands: fresh.commands });
  Object.assign(state, { longest: fresh.longest, home: fresh.home, hasHome: fresh.has_home, shortcuts: fresh.shortcuts, steps: fresh.steps });
  state.users = new Map(fresh.users.map((user) => [user.id, user]));
  state.channels = new Map(fresh.channels.map((c) => [c.id, { ...c, messages: new Map(c.messages.map((m) => [m.ts, m])) }]));
  state.ephemerals = new Map(fresh.ephemerals.map((m) => [m.ts, m]));
  if (!state.channels.has(state.channel)) state.channel = fresh.channels[0].id;
}

/** Applies a change; true where something new came. */
export function apply(change) {
  const channel = state.channels.get(change.channel);
  switch (change.type) {
    case "message": {
      if (!channel) return false;
      const isNew = !channel.messages.has(change.message.ts);
      channel.messages.set(change.message.ts, change.message);
      return isNew;
    }
    case "ephemeral": {
      const isNew = !state.ephemerals.has(change.message.ts);
      state.ephemerals.set(change.message.ts, change.message);
      return isNew;
    }
    case "deleted":
      if (change.ephemeral) state.ephemerals.delete(change.ts);
      else channel?.messages.delete(change.ts);
      return false;
    case "channel":
      if (channel) channel.bot = change.bot;
      return false;
    case "home":
      state.home = change.view;
      return false;
    case "trouble":
      state.troubles.set(change.ts, change.reason);
      return false;
    default:
      return false;
  }
}

export const userName = (id) => state.users.get(id)?.name ?? id;
export const channelName = (id) => state.channels.get(id)?.name ?? "";
export const here = () => state.channels.get(state.channel);
export const isReply = (message) => Boolean(message.thread_ts) && message.thread_ts !== message.ts;

const inOrder = (messages) => messages.sort((a, b) => (a.ts < b.ts ? -1 : 1));

/** The messages of the open channel, with what only you see, oldest first. */
export function channelMessages() {
  const own = [...here().messages.values()].filter((m) => !isReply(m) || m.subtype === "thread_broadcast");
  const quiet = [...state.ephemerals.values()].filter((m) => m.channel === state.channel && !m.thread_ts);
  return inOrder([...own, ...quiet]);
}

/** The open thread, the message it hangs on first. */
export function threadMessages() {
  const root = here().messages.get(state.thread);
  if (!root) return [];
  const replies = [...here().messages.values()].filter((m) => m.thread_ts === state.thread && m.ts !== state.thread);
  const quiet = [...state.ephemerals.values()].filter((m) => m.channel === state.channel && m.thread_ts === state.thread);
  return [root, ...inOrder([...replies, ...quiet])];
}

/** How many replies a message has by now. */
export function repliesOf(ts) {
  return [...here().messages.values()].filter((m) => m.thread_ts === ts && m.ts !== ts);
}

/** Who wrote a message: name, colour, whether it is an app. */
export function author(message) {
  const user = state.users.get(message.user);
  if (user && !(message.bot_id && message.user === "USLACKBOT" && !message.files)) {
    return { id: user.id, name: user.real_name, colour: user.colour, app: user.is_bot };
  }
  const name = message.bot_profile?.name ?? message.username ?? message.user ?? "App";
  return { id: message.bot_id ?? name, name, colour: "#5b5f66", app: true };
}
