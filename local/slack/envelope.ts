/** What Slack sends to an app, over Socket Mode or HTTP. */
export type Envelope = {
  type: "slash_commands" | "interactive" | "events_api";
  payload: Record<string, unknown>;
  /** True for commands and view submissions, whose acknowledgement may carry an answer. */
  acceptsResponse: boolean;
  /** Events only: how often it was sent before, and why again. */
  retry?: { attempt: number; reason: string };
};

/** How an app took it; `reason` is what Slack says when it sends an event again. */
export type Outcome =
  | { kind: "acked"; payload: Record<string, unknown> }
  | { kind: "timeout" | "unreachable"; reason: string }
  /** The app asks not to be sent this again (`X-Slack-No-Retry`). */
  | { kind: "declined" };
