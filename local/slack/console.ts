import { type Context, Hono } from "hono";
import { csrf } from "hono/csrf";
import { streamSSE } from "hono/streaming";
import { z } from "zod";
import type { ConsolePerson, ConsoleWorld } from "./console-api.ts";
import { toConsoleState } from "./console-state.ts";
import { type Done, refused } from "./done.ts";
import { openHome, press, typeLine } from "./interactions.ts";
import { dismiss, submit } from "./modals.ts";
import { people, personOf } from "./people.ts";
import type { Workspace } from "./workspace.ts";

const person = z.string().transform((id, check): ConsolePerson => {
  const found = personOf(id);
  if (found) return found;
  check.addIssue("nobody has this id");
  return z.NEVER;
});
const answers = z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown())));

const acting = z.object({ person });
const command = z.object({ person, text: z.string().max(4000) });
const view = z.object({ person, viewId: z.string() });
const submission = z.object({ person, viewId: z.string(), values: answers });
const action = z.object({
  person,
  messageTs: z.string().exactOptional(),
  viewId: z.string().exactOptional(),
  blockId: z.string(),
  actionId: z.string(),
  value: z.string().exactOptional(),
  selectedOption: z.object({ text: z.string(), value: z.string() }).exactOptional(),
});

/** Several changes in a row are one event for the page. */
const coalesceMs = 50;

/** What the page asks and tells; other sites' pages are kept out, because this server listens on the person's machine. */
export function consoleRoutes(workspace: Workspace, worldView: () => ConsoleWorld): Hono {
  const routes = new Hono();
  const stateOf = (who: ConsolePerson) => toConsoleState(workspace, who, worldView());
  routes.use(csrf());
  routes.get("/state", (context) => {
    const who = whoAsks(context);
    return who ? context.json(stateOf(who)) : context.json(refused("Nobody has this id."), 404);
  });
  routes.get("/events", (context) => {
    const who = whoAsks(context);
    if (!who) return context.json(refused("Nobody has this id."), 404);
    return streamStates(workspace, context, () => stateOf(who));
  });
  routes.post("/command", (context) =>
    act(context, command, ({ person, text }) => typeLine(workspace, person, text)),
  );
  routes.post("/action", (context) =>
    act(context, action, ({ person, ...pressed }) => press(workspace, person, pressed)),
  );
  routes.post("/view/submit", (context) =>
    act(context, submission, ({ person, ...submitted }) => submit(workspace, person, submitted)),
  );
  routes.post("/view/close", (context) =>
    act(context, view, ({ person, viewId }) => dismiss(workspace, person, viewId)),
  );
  routes.post("/home", (context) =>
    act(context, acting, ({ person }) => openHome(workspace, person)),
  );
  return routes;
}

/** The page names nobody on its first visit. */
function whoAsks(context: Context): ConsolePerson | undefined {
  const id = context.req.query("person");
  return id === undefined ? people[0] : personOf(id);
}

async function act<T>(
  context: Context,
  body: z.ZodType<T>,
  run: (body: T) => Done | Promise<Done>,
): Promise<Response> {
  const parsed = body.safeParse(await context.req.json().catch(() => undefined));
  if (parsed.success) return context.json(await run(parsed.data));
  return context.json(refused(z.prettifyError(parsed.error)), 400);
}

/** Sends the whole state at once and after each change, until the page or the local Slack goes away. */
function streamStates(workspace: Workspace, context: Context, read: () => unknown): Response {
  return streamSSE(context, async (stream) => {
    const send = () => stream.writeSSE({ event: "state", data: JSON.stringify(read()) });
    let timer: NodeJS.Timeout | undefined;
    const stop = workspace.onChange(() => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void send();
      }, coalesceMs);
    });
    await send();
    const left = new AbortController();
    await new Promise<void>((leave) => {
      stream.onAbort(leave);
      workspace.closing.addEventListener("abort", () => leave(), { signal: left.signal });
      if (workspace.closing.aborted) leave();
    });
    left.abort();
    clearTimeout(timer);
    stop();
  });
}
