import type { Log } from "../manager/ports.ts";
import type { Delivery } from "./delivery.ts";
import type { Message } from "./render/blocks.ts";
import { sendable } from "./sendable.ts";
import type { Slack } from "./slack.ts";
import { SlackFailure } from "./slack-failure.ts";

/** Brings an answer to the one person who asked, in words alone where Slack refuses its figures. It never throws: an answer that cannot be brought is logged. */
export type Answers = { send(delivery: Delivery, message: Message): Promise<void> };

type Needs = {
  slack: Pick<Slack, "whisper" | "post">;
  log: Log;
  /** Origin of a stand-in for Slack, whose answer addresses are trusted like Slack's own. */
  standIn: string | null;
};

const slackOrigin = "https://hooks.slack.com";
const timeoutMs = 5_000;

/** What an acknowledgement or a response_url takes as an answer that only this person sees. */
export const toPrivate = (message: Message, log: Log) => ({
  response_type: "ephemeral",
  replace_original: false,
  ...sendable(message, log),
});

/**
 * A response_url works five times in thirty minutes (docs.slack.dev, handling user interaction); after that the answer
 * is whispered.
 */
export function createAnswers({ slack, log, standIn }: Needs): Answers {
  const isTrusted = (address: string): boolean => {
    const origin = URL.canParse(address) ? new URL(address).origin : null;
    return origin === slackOrigin || (origin !== null && origin === standIn);
  };

  async function post(address: string, body: string): Promise<number | null> {
    try {
      const { status } = await fetch(address, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
        redirect: "error",
        signal: AbortSignal.timeout(timeoutMs),
      });
      return status;
    } catch {
      return null;
    }
  }

  /** Once more when no answer came, or Slack was in trouble: at worst the person reads it twice. */
  async function respond(address: string | null, message: Message): Promise<boolean> {
    if (address === null || !isTrusted(address)) return false;
    const body = JSON.stringify(toPrivate(message, log));
    const first = await post(address, body);
    const status = first === null || first >= 500 ? await post(address, body) : first;
    return status !== null && status >= 200 && status < 300;
  }

  /** A press on the Home tab has no conversation: the bot then writes to the person. */
  async function whisper({ place, person }: Delivery, message: Message): Promise<void> {
    const { userId } = person;
    const { conversationId } = place;
    if (conversationId === null) await slack.post({ conversationId: userId, message });
    else await slack.whisper({ conversationId, userId }, message);
  }

  return {
    async send(delivery, message) {
      const { responseUrl } = delivery.place;
      if (await respond(responseUrl, message)) return;
      const { plain = message } = message;
      if (plain !== message && (await respond(responseUrl, plain))) return;
      try {
        await whisper(delivery, plain);
      } catch (error) {
        if (!(error instanceof SlackFailure)) throw error;
        log.warn("answer-lost", { userId: delivery.person.userId, reason: error.message });
      }
    },
  };
}
