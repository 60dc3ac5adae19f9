import * as z from "zod";

const refused = z.object({ ok: z.literal(false), error: z.string() });

/**
 * The fetch by which the Socket Mode client asks for an address. The client never tries again after a refusal while it
 * reconnects (slackapi/node-slack-sdk#1495, #2656): once connected, a refusal is made to look like a failed request,
 * which it does repeat. After the stop a request never ends, so that nothing is opened any more.
 */
export function persistentFetch(state: {
  wasConnected(): boolean;
  stopping: AbortSignal;
}): typeof fetch {
  return async (input, init) => {
    if (state.stopping.aborted) return new Promise<never>(() => undefined);
    const response = await fetch(input, init);
    if (!state.wasConnected()) return response;
    const body: unknown = await response
      .clone()
      .json()
      .catch(() => null);
    const refusal = refused.safeParse(body).data;
    if (refusal) throw new Error(`An API error occurred: ${refusal.error}`);
    return response;
  };
}
