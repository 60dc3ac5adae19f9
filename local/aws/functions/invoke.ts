import { atMost } from "../../timers.ts";

/** A function may take so long as Lambda lets ours, and a moment. */
const longestMs = 65_000;

/**
 * Posts an event to a function of this machine and reads what it returned; rejects with one sentence when it failed,
 * or when nobody is there.
 */
export async function invoke(url: string, event: unknown, ending: AbortSignal): Promise<unknown> {
  const limit = atMost(longestMs, ending);
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(event),
      redirect: "error",
      signal: limit.signal,
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`The function failed with ${answer.status}.`);
    return text === "" ? null : JSON.parse(text);
  } finally {
    limit.end();
  }
}
