import type {
  ConsoleMessage,
  ConsolePerson,
  ConsoleState,
  ConsoleWorld,
} from "../../local/slack/console-api.ts";

/** Tuesday, 3 November 2026, 20:48 in Los Angeles. */
export const showtime = Date.UTC(2026, 10, 4, 4, 48);

export const ana: ConsolePerson = {
  id: "U0ANA",
  name: "Ana Ruiz",
  role: "operator",
  tz: "America/Los_Angeles",
};
export const vic: ConsolePerson = {
  id: "U0VIC",
  name: "Vic Stone",
  role: "viewer",
  tz: "Europe/Berlin",
};
export const ada: ConsolePerson = {
  id: "U0ADA",
  name: "Ada Moreau",
  role: "admin",
  tz: "America/New_York",
};
export const patchbay = { id: "U0BOT", name: "patchbay", isBot: true };

type Channel = ConsoleWorld["channels"][number];

export function aChannel(channel: Partial<Channel> & { platform: string }): Channel {
  return {
    id: channel.platform,
    name: `live-${channel.platform}`,
    output: "rtmp",
    state: "IDLE",
    changedAt: showtime,
    media: null,
    watch: null,
    ...channel,
  };
}

export function aConsoleWorld(world: Partial<ConsoleWorld> = {}): ConsoleWorld {
  return {
    clock: { offsetMs: 0, jump: null },
    flow: { name: "live-flow", status: "STANDBY" },
    source: {
      by: "switch",
      connected: true,
      bitrateBps: null,
      rttMs: null,
      lossPercent: null,
      changedAt: showtime,
    },
    channels: [
      aChannel({ platform: "primary", output: "hls" }),
      aChannel({ platform: "youtube" }),
      aChannel({ platform: "twitch" }),
      aChannel({ platform: "linkedin" }),
      aChannel({ platform: "custom" }),
    ],
    events: [],
    media: { installed: false, note: "Install ffmpeg and srt-tools to send one.", srt: null },
    ...world,
  };
}

export function aMessage(message: Partial<ConsoleMessage> & { ts: string }): ConsoleMessage {
  return {
    threadTs: null,
    broadcast: false,
    author: patchbay,
    kind: "message",
    text: "",
    blocks: [],
    files: [],
    ephemeral: false,
    edited: false,
    at: showtime,
    replyCount: 0,
    ...message,
  };
}

/** A first visit, unless told otherwise. */
export function aConsoleState(state: Partial<ConsoleState> = {}): ConsoleState {
  return {
    now: showtime,
    person: ana,
    people: [ana, vic, ada],
    conversation: { id: "C0LIVE", name: "live" },
    bot: { name: "patchbay", connected: true },
    messages: [],
    home: null,
    modals: [],
    world: aConsoleWorld(),
    ...state,
  };
}

export const plain = (text: string) => ({ type: "plain_text", text });
export const mrkdwn = (text: string) => ({ type: "mrkdwn", text });
export const section = (text: string, accessory?: object) => ({
  type: "section",
  block_id: text.slice(0, 20),
  text: mrkdwn(text),
  ...(accessory && { accessory }),
});
export const button = (text: string, more: object = {}) => ({
  type: "button",
  action_id: text,
  text: plain(text),
  ...more,
});
