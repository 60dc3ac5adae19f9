/**
 * What the console page and the local world say to each other over HTTP. Types only: the server side is `console.ts`,
 * the page is `page/`.
 *
 * | call | body | answer |
 * |---|---|---|
 * | GET /console/state?person=U… | – | ConsoleState |
 * | GET /console/events?person=U… | – | server-sent events named `state`, each a whole ConsoleState, coalesced to 50 ms |
 * | POST /console/command | {person, text} | {ok:true} or {ok:false, error} |
 * | POST /console/action | ConsoleAction | same |
 * | POST /console/view/submit | {person, viewId, values} | {ok:true} or {ok:false, error, errors?} |
 * | POST /console/view/close | {person, viewId} | same |
 * | POST /console/home | {person} | same; sends `app_home_opened` to the bot |
 * | POST /world/source | {connected, bitrateBps?} | same; the source switch, refused while real media is measured |
 * | POST /world/clock | {forwardMinutes} | same; the clock goes forward in steps of a minute |
 * | DELETE /world/clock | – | same; ends a jump where it is |
 * | POST /world/quotas | {channels} | same; how many channels AWS allows |
 * | POST /world/channels/:id/start, /stop | – | same; a person in the AWS console, behind the bot's back |
 */
export type ConsolePerson = {
  id: string;
  name: string;
  role: "viewer" | "operator" | "admin";
  tz: string;
};

/** One line of the conversation as one person sees it; ephemeral ones only reach the person they were sent to. */
export type ConsoleMessage = {
  ts: string;
  threadTs: string | null;
  /** A reply that Slack also shows in the conversation (`reply_broadcast`). */
  broadcast: boolean;
  author: { id: string; name: string; isBot: boolean };
  /** `command` is the person's own typed line, `error` is Slack speaking (for example `operation_timeout`). */
  kind: "message" | "command" | "error";
  text: string;
  /** Block Kit blocks as Slack stores them; empty for plain text. */
  blocks: unknown[];
  files: ConsoleFile[];
  ephemeral: boolean;
  edited: boolean;
  /** Epoch milliseconds. */
  at: number;
  /** Set on a thread's parent. */
  replyCount: number;
};

export type ConsoleFile = {
  id: string;
  name: string;
  title: string;
  /** For people: CSV, PDF, Binary … */
  kind: string;
  /** Bytes. */
  size: number;
  /** Where it is downloaded. */
  path: string;
  /** The first rows of a CSV, cut to what fits below a message. */
  preview: { head: string[]; rows: string[][]; hasMore: boolean } | null;
};

export type ConsoleView = {
  viewId: string;
  type: "modal" | "home";
  title: string;
  submit: string | null;
  close: string | null;
  blocks: unknown[];
};

export type ConsoleWorld = {
  /** How far the world is ahead of the machine, and between which two offsets a jump is under way, in milliseconds. */
  clock: { offsetMs: number; jump: { fromMs: number; toMs: number } | null };
  /** Null until one is created. */
  flow: { name: string; status: string } | null;
  source: {
    by: "media" | "switch";
    connected: boolean;
    bitrateBps: number | null;
    rttMs: number | null;
    lossPercent: number | null;
    changedAt: number;
  };
  channels: {
    id: string;
    name: string;
    platform: string;
    output: "hls" | "rtmp";
    state: string;
    changedAt: number;
    media: { status: "starting" | "sending" | "failed"; detail: string } | null;
    /** Where a person can watch it, when real media runs; a loopback address without any key. */
    watch: string | null;
  }[];
  events: { at: number; text: string }[];
  /** `installed` is false without ffmpeg and srt-live-transmit; `note` is the sentence that the page shows. */
  media: { installed: boolean; note: string; srt: string | null };
};

export type ConsoleState = {
  now: number;
  person: ConsolePerson;
  people: ConsolePerson[];
  conversation: { id: string; name: string };
  bot: { name: string; connected: boolean };
  /** Oldest first, at most 200, threads included. */
  messages: ConsoleMessage[];
  home: ConsoleView | null;
  /** The open modals of this person, the topmost last. */
  modals: ConsoleView[];
  world: ConsoleWorld;
};

export type ConsoleAction = {
  person: string;
  /** One of the two: where the element stands. */
  messageTs?: string;
  viewId?: string;
  blockId: string;
  actionId: string;
  /** Buttons. */
  value?: string;
  /** Selects and overflow menus. */
  selectedOption?: { text: string; value: string };
};
