import type { Payload } from "./payloads.ts";
import type { Workspace } from "./workspace.ts";

/** Sends an event, and again while it is not acknowledged; nothing waits for the app's answer. */
export function sendEvent(workspace: Workspace, payload: Payload): void {
  void deliver(workspace, payload);
}

async function deliver(workspace: Workspace, payload: Payload): Promise<void> {
  const waits = [null, ...workspace.retryMs];
  let reason = "";
  for (const [attempt, delay] of waits.entries()) {
    if (delay !== null) await workspace.sleep(delay);
    const outcome = await workspace.app.send({
      type: "events_api",
      payload,
      acceptsResponse: false,
      retry: { attempt, reason },
    });
    if (!("reason" in outcome)) return;
    reason = outcome.reason;
  }
}
