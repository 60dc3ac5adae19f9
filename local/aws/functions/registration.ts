import { z } from "zod";

const pattern = z.record(z.string(), z.unknown());

const isLoopback = (url: string) =>
  URL.canParse(url) && /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:|\/|$)/.test(url);

const stream = z.union([
  z.string().transform((table) => ({ table, filters: [] })),
  z.object({ table: z.string(), filters: z.array(pattern).default([]) }),
]);

/** A function of this machine, and what calls it, as `POST /world/functions` takes it. */
export const registration = z.object({
  name: z.string().regex(/^[\w-]{1,64}$/),
  /** Where an invocation is posted. */
  url: z.string().refine(isLoopback, "A function of this world is on this machine."),
  /** Tables whose changes call it, all of them or those that one of the filters lets through. */
  streams: z.array(stream).default([]),
  /** Patterns of the events that call it; `true` for all. */
  events: z.union([z.literal(true).transform(() => [{}]), z.array(pattern)]).default([]),
  everyMinute: z.boolean().default(false),
  /** How often one event, or one record of a stream, is tried. */
  attempts: z.number().int().min(1).max(10).default(4),
});
export type Registration = z.infer<typeof registration>;
