import type { Clock, Log } from "../manager/ports.ts";
import type { AnswerTo } from "./answer-to.ts";
import { type Answers, toPrivate } from "./answers.ts";
import { type Delivery, parseDelivery } from "./delivery.ts";
import { createInFlight } from "./in-flight.ts";
import type { Message } from "./render/blocks.ts";
import { inSentences } from "./render/error.ts";
import type { Slack } from "./slack.ts";
import { SlackFailure } from "./slack-failure.ts";

/** Slack's acknowledgement; null where it was given already: by Bolt, for events, or before the delivery came here. */
export type Ack = ((response?: object) => Promise<void>) | null;

/** How a delivery came: to the bot of this workspace, with what tells it from others if it has no id of its own, and by which call. */
export type Arrival = { teamId: string; key: string | null; call?: string | null };

/** Where everything that people do in Slack comes in. */
export type FrontDoor = {
  /** Acts on one delivery; never throws. */
  handle(payload: unknown, ack: Ack, arrival: Arrival): Promise<void>;
  /** From now on people are asked to try again later; resolves when nothing is under way any more. */
  close(): Promise<void>;
};

type Needs = {
  answerTo: AnswerTo;
  answers: Answers;
  slack: Pick<Slack, "publishHome">;
  clock: Clock;
  log: Log;
};

/** Slack gives up after three seconds (docs.slack.dev, slash commands). */
const ackWithinMs = 2_000;

export function createFrontDoor(needs: Needs): FrontDoor {
  const { answerTo, answers, slack, clock, log } = needs;
  const flights = createInFlight();
  let closing = false;

  const say = (...sentences: string[]) => inSentences(sentences, { now: clock.now(), zone: "UTC" });

  const work = (delivery: Delivery, teamId: string): Promise<Message | null> =>
    closing
      ? Promise.resolve(say("patchbay is restarting.", "Try again in a moment."))
      : answerTo(delivery, teamId);

  async function acknowledge(ack: Ack, message: Message | null): Promise<boolean> {
    try {
      await ack?.(message === null ? undefined : toPrivate(message, log));
      return true;
    } catch (error) {
      log.warn("ack-failed", { reason: error instanceof Error ? error.name : "unknown" });
      return false;
    }
  }

  /**
   * The answer rides on the acknowledgement, unless the work takes so long that Slack would give up on it, or Slack may
   * refuse its figures, which nobody would hear of then.
   */
  async function rode(answer: Promise<Message | null>, ack: Ack): Promise<boolean> {
    const over = new AbortController();
    const timer = clock.sleep(ackWithinMs, over.signal).then(() => "late" as const);
    const first = await Promise.race([answer, timer]);
    over.abort();
    const late = first === "late";
    const rides = !late && first?.plain === undefined;
    const waiting = late ? say("Still working on it…") : null;
    return (await acknowledge(ack, rides ? first : waiting)) && rides;
  }

  async function onCommand(delivery: Delivery, ack: Ack, teamId: string): Promise<void> {
    const answer = work(delivery, teamId);
    if (ack !== null && (await rode(answer, ack))) return;
    const message = await answer;
    if (message !== null) await answers.send(delivery, message);
  }

  async function onButton(delivery: Delivery, ack: Ack, teamId: string): Promise<void> {
    await acknowledge(ack, null);
    const message = await work(delivery, teamId);
    if (message === null) return;
    await answers.send(delivery, message);
    if (delivery.place.conversationId === null)
      await showHome({ ...delivery, kind: "home" }, teamId);
  }

  async function showHome(delivery: Delivery & { kind: "home" }, teamId: string): Promise<void> {
    const key = `${delivery.key}.home`;
    const message = await work({ ...delivery, key }, teamId);
    if (message === null) return;
    try {
      await slack.publishHome(delivery.person.userId, message);
    } catch (error) {
      if (!(error instanceof SlackFailure)) throw error;
      log.warn("home-not-shown", { reason: error.message });
    }
  }

  async function act(payload: unknown, ack: Ack, { teamId, key, call }: Arrival): Promise<void> {
    const read = parseDelivery(payload, key);
    if (read === null) {
      log.warn("delivery-unreadable", {});
      await acknowledge(ack, say("patchbay could not read that.", "Nothing was changed."));
      return;
    }
    const delivery = { ...read, call: call ?? null };
    if (delivery.kind === "command") return onCommand(delivery, ack, teamId);
    return delivery.kind === "button"
      ? onButton(delivery, ack, teamId)
      : showHome(delivery, teamId);
  }

  return {
    handle: (payload, ack, arrival) => flights.track(() => act(payload, ack, arrival)),
    close: () => {
      closing = true;
      return flights.idle();
    },
  };
}
