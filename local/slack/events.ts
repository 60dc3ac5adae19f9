import { setTimeout as wait } from "node:timers/promises";
import type { Payload } from "./payloads.ts";
import type { Workspace } from "./workspace.ts";

/** Sends an event, and again while it is not acknowledged; nothing waits for the app's answer. */
export function sendEvent(workspace: Workspace, payload: Payload): void {
  void deliver(workspace, payload).catch(() => undefined);
}

async function deliver(workspace: Workspace, payload: Payload): Promise<void> {
  const waits = [undefined, ...workspace.retryMs];
  let reason = "";
  for (const [attempt, delay] of waits.entries()) {
    const options = { signal: workspace.closing, ref: false };
    if (delay !== undefined) await wait(delay, undefined, options);
    const outcome = await workspace.sockets.send({
      type: "events_api",
      payload,
      acceptsResponse: false,
      retry: { attempt, reason },
    });
    if (outcome.kind === "acked") return;
    reason = outcome.kind === "timeout" ? "timeout" : "connection_failed";
  }
}
