import { Hono } from "hono";

/** What the health route says; `ready` once commands are accepted. */
export type Health = {
  ready: boolean;
  slack: boolean;
  slackMode: "socket" | "http" | "function";
  lastPassAt: Date | null;
};

/** `GET /healthz`: 200 once commands are accepted, 503 before; it asks nobody and never waits. */
export function healthRoutes(health: () => Health): Hono {
  return new Hono().get("/healthz", (context) => {
    const { ready, slack, slackMode, lastPassAt } = health();
    const body = {
      status: ready ? "ok" : "starting",
      slack,
      slack_mode: slackMode,
      last_pass_at: lastPassAt?.toISOString() ?? null,
    };
    return context.json(body, ready ? 200 : 503);
  });
}
