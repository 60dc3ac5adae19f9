import { addMinutes } from "date-fns/addMinutes";
import { min } from "date-fns/min";
import * as z from "zod";
import type { Actor } from "./destination.ts";

/** A start that a second person has to agree to. */
export type StartRequest = {
  id: string;
  by: Actor;
  destinationIds: readonly string[];
  /** Null asks for the default lease, counted from the start. */
  until: Date | null;
  at: Date;
};

/** How long somebody may still agree. */
export const requestMinutes = 30;

/** Until when somebody may agree: not beyond the end that was asked for. */
export function openUntil({ at, until }: StartRequest): Date {
  const over = addMinutes(at, requestMinutes);
  return until === null ? over : min([over, until]);
}

const approved = "approved by ";

/** Why such a start was made, as its intent says it. */
export const approvalBy = ({ name }: Actor): string => `${approved}${name}`;

export const isApproval = (reason: string | null): boolean => reason?.startsWith(approved) ?? false;

export const isExpired = (request: StartRequest, now: Date): boolean => now >= openUntil(request);

const schema = z.object({
  version: z.literal(1),
  id: z.string(),
  by: z.object({ id: z.string(), name: z.string() }),
  destinationIds: z.array(z.string()).min(1),
  until: z.iso.datetime().nullable(),
  at: z.iso.datetime(),
});

/** A request from its stored words; null for words that are damaged or from a newer version. */
export function startRequestFrom(words: string): StartRequest | null {
  try {
    const { version: _, until, at, ...rest } = schema.parse(JSON.parse(words));
    return { ...rest, until: until === null ? null : new Date(until), at: new Date(at) };
  } catch {
    return null;
  }
}

/** How a request is stored: the same request gives the same words. */
export const toStoredStartRequest = ({ id, by, destinationIds, until, at }: StartRequest): string =>
  JSON.stringify({ version: 1, id, by: { id: by.id, name: by.name }, destinationIds, until, at });
