import type { Commands } from "../commands/run.ts";
import type { Secret } from "../domain/secret.ts";
import type {
  Announcements,
  Broadcasts,
  Clock,
  Crew,
  Deliveries,
  Ids,
  Log,
  Notes,
  Notifier,
} from "../manager/ports.ts";
import { createAnswerTo } from "./answer-to.ts";
import { createAnswers } from "./answers.ts";
import type { Connection, ConnectionNeeds } from "./connection.ts";
import { createFrontDoor, type FrontDoor } from "./front-door.ts";
import { createHttpConnection } from "./http-connection.ts";
import { createNotifier } from "./notifier.ts";
import { createPeople, type Roles } from "./people.ts";
import { createSlack, slackUrl } from "./slack.ts";
import { createSocketConnection } from "./socket-connection.ts";

/** How Slack delivers: the bot dials out, or Slack dials in and signs, or a function brings what it was called with. */
export type Transport =
  | { mode: "socket"; appToken: Secret }
  | { mode: "http"; signingSecret: Secret }
  | { mode: "function" };

export type BotOptions = {
  slack: Transport & {
    botToken: Secret;
    /** Where the live cards are posted. */
    conversationId: string;
    /** Address of a stand-in for Slack, ending in `/api/`. */
    apiUrl?: string | undefined;
    /** How long a socket may be silent, and how long after its loss a new one is made; 5 s unless given. */
    silenceMs?: number | undefined;
  };
  /** Slack user ids; everybody else of the workspace is a viewer. */
  people: Roles;
  site: { zone: string; defaultLeaseMinutes: number };
  commands: Commands;
  broadcasts: Broadcasts;
  announcements: Announcements;
  notes: Notes;
  deliveries: Deliveries;
  clock: Clock;
  ids: Ids;
  log: Log;
};

/** Everything that people see and do in Slack. */
export type Bot = {
  notifier: Notifier;
  crew: Crew;
  /**
   * Connects; resolves when commands are accepted, or when the bot was stopped before. While Slack is out of reach it
   * goes on trying. Throws `not-configured` when Slack refuses a token.
   */
  start(): Promise<void>;
  /** Takes no new work, lets what is under way end, shows the cards once more, and closes; in about four seconds. */
  stop(): Promise<void>;
  isConnected(): boolean;
  listener: Connection["listener"];
  /** Acts on one delivery that a function was called with; see `FrontDoor`. */
  deliver: FrontDoor["handle"];
  /** Resolves when nothing is left that can be said at present, or `ending` aborts. */
  settled(ending: AbortSignal): Promise<void>;
};

const drainMs = 4_000;

/** Puts the parts together; nothing is opened before `start`. */
export function createBot(options: BotOptions): Bot {
  const { slack: given, people: roles, clock, log } = options;
  const apiUrl = given.apiUrl ?? slackUrl;
  const slack = createSlack(given.botToken, apiUrl, log);
  const standIn = given.apiUrl === undefined ? null : new URL(given.apiUrl).origin;
  const people = createPeople({ slack, clock, log, roles });
  const door = createFrontDoor({
    answerTo: createAnswerTo({ ...options, people }),
    answers: createAnswers({ slack, log, standIn }),
    slack,
    clock,
    log,
  });
  const { conversationId } = given;
  const notifier = createNotifier({ ...options, slack, conversationId });
  const { botToken, silenceMs = 5_000 } = given;
  const needs = { slack, door, botToken, apiUrl, clock, log };
  const connection = connect({ ...given, ...needs, silenceMs });

  return {
    notifier,
    crew: people,
    start: connection.start,
    async stop() {
      const late = new AbortController();
      const drained = Promise.all([door.close(), notifier.finish()]);
      await Promise.race([drained, clock.sleep(drainMs, late.signal)]);
      late.abort();
      await connection.stop();
    },
    isConnected: connection.isConnected,
    listener: connection.listener,
    deliver: door.handle,
    settled: (ending) => Promise.race([notifier.settled(), aborted(ending)]),
  };
}

type Connecting = Transport & ConnectionNeeds & { silenceMs: number };

function connect(needs: Connecting): Connection {
  if (needs.mode === "function") return alwaysThere;
  return needs.mode === "http" ? createHttpConnection(needs) : createSocketConnection(needs);
}

const nothing = () => Promise.resolve();
const alwaysThere: Connection = {
  start: nothing,
  stop: nothing,
  isConnected: () => true,
  listener: null,
};

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
