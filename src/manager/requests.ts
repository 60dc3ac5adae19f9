import { type Content, siteMessage } from "../domain/announcement.ts";
import {
  isExpired,
  type StartRequest,
  startRequestFrom,
  toStoredStartRequest,
} from "../domain/start-request.ts";
import { isOpsError } from "../errors.ts";
import type { Ports } from "./ports.ts";

export type NewRequest = Omit<StartRequest, "id" | "at">;

/** Starts that wait for a second person: each is asked in the conversation, and answered once. */
export type Requests = {
  /** Asks, unless the same person has asked the same already; answers with the request that stands then. */
  ask(request: NewRequest, contentFor: (request: StartRequest) => Content): Promise<StartRequest>;
  /** Null for one that is answered, over, or was never asked. */
  find(id: string): Promise<StartRequest | null>;
  /** Takes it away; true for the one caller who did. */
  take(request: StartRequest): Promise<boolean>;
  /** Says in the place of the question what became of it. */
  close(id: string, content: Content): Promise<void>;
};

type Needs = Pick<Ports, "notes" | "announcements" | "notifier" | "ids" | "clock">;

/** What the keys of such notes begin with. */
export const requestPrefix = "second#";
const keyOf = (id: string): string => `${requestPrefix}${id}`;

export function createRequests(ports: Needs): Requests {
  const { notes, announcements, notifier, ids, clock } = ports;

  async function standing(wanted: NewRequest): Promise<StartRequest | undefined> {
    const kept = await notes.list(requestPrefix);
    return kept
      .flatMap(({ words }) => startRequestFrom(words) ?? [])
      .find((each) => !isExpired(each, clock.now()) && asksTheSame(each, wanted));
  }

  return {
    async ask(wanted, contentFor) {
      const before = await standing(wanted);
      const at = clock.now();
      const request = before ?? { ...wanted, id: ids.next("second"), at };
      const words = toStoredStartRequest(request);
      if (before === undefined) await notes.write(keyOf(request.id), words, null);
      await announcements.add(
        siteMessage({
          key: request.id,
          at: request.at,
          loud: true,
          open: true,
          content: contentFor(request),
        }),
      );
      notifier.announce();
      return request;
    },
    async find(id) {
      const words = await notes.read(keyOf(id));
      return words === null ? null : startRequestFrom(words);
    },
    async take(request) {
      try {
        await notes.write(keyOf(request.id), null, toStoredStartRequest(request));
        return true;
      } catch (error) {
        if (isOpsError(error, "conflict")) return false;
        throw error;
      }
    },
    async close(id, content) {
      const read = await announcements.find(id);
      if (read === null || !read.open) return;
      try {
        await announcements.amend(read, { content, open: false });
      } catch (error) {
        if (!isOpsError(error, "conflict")) throw error;
      }
      notifier.announce();
    },
  };
}

const asksTheSame = (left: NewRequest, right: NewRequest): boolean =>
  left.by.id === right.by.id &&
  left.destinationIds.join() === right.destinationIds.join() &&
  left.until?.getTime() === right.until?.getTime();
