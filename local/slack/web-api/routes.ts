import { type Context, Hono, type MiddlewareHandler } from "hono";
import { isRecord } from "../block-rules.ts";
import { tokens } from "../people.ts";
import { applyReply } from "../replies.ts";
import { SlackError } from "../slack-error.ts";
import type { Workspace } from "../workspace.ts";
import { methods } from "./index.ts";
import type { Method } from "./method.ts";

/** The Web API and the addresses that answer an interaction. */
export function webApiRoutes(workspace: Workspace): Hono {
  const routes = new Hono();
  const unlessOut: MiddlewareHandler = async (context, next) =>
    workspace.isOut() ? context.text("", 503) : next();
  routes.use("/api/*", unlessOut);
  routes.use("/response/*", unlessOut);
  routes.all("/api/:method", async (context) => context.json(await call(workspace, context)));
  routes.post("/response/:id", (context) => respond(workspace, context));
  return routes;
}

/** Platform errors are answers with status 200 (docs.slack.dev, Web API). */
async function call(workspace: Workspace, context: Context): Promise<Record<string, unknown>> {
  try {
    const name = context.req.param("method") ?? "";
    const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
    if (!method) throw new SlackError("unknown_method", { req_method: name });
    const args = await readArguments(context);
    checkToken(method, bearerOf(context) ?? args.token);
    checkScope(method, workspace.scopes);
    return { ok: true, ...method.run(workspace, args) };
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    return { ok: false, error: error.code, ...error.details };
  }
}

function bearerOf(context: Context): string | undefined {
  return context.req.header("authorization")?.match(/^Bearer\s+(.+)$/i)?.[1];
}

function checkToken(method: Method, token: unknown): void {
  if (method.token === "none") return;
  if (token === undefined || token === "") throw new SlackError("not_authed");
  if (token !== tokens.bot && token !== tokens.app) throw new SlackError("invalid_auth");
  if (token !== tokens[method.token]) throw new SlackError("not_allowed_token_type");
}

function checkScope({ scope }: Method, granted: readonly string[]): void {
  if (scope === null || granted.includes(scope)) return;
  throw new SlackError("missing_scope", { needed: scope, provided: granted.join(",") });
}

/** WebClient sends forms whose structures are JSON in a field; JSON and multipart bodies and queries work as well. */
async function readArguments(context: Context): Promise<Record<string, unknown>> {
  const query = context.req.query();
  if (context.req.method === "GET") return query;
  const type = context.req.header("content-type") ?? "";
  if (!type.startsWith("application/json")) return { ...query, ...(await context.req.parseBody()) };
  const body: unknown = await context.req.json().catch(() => undefined);
  if (body === undefined) throw new SlackError("invalid_json");
  if (!isRecord(body)) throw new SlackError("json_not_object");
  return { ...query, ...body };
}

async function respond(workspace: Workspace, context: Context): Promise<Response> {
  const to = workspace.grants.useReply(context.req.param("id") ?? "");
  if (!to) return context.json({ ok: false, error: "expired_url" }, 404);
  try {
    applyReply(workspace, to, await context.req.json());
    return context.json({ ok: true });
  } catch (error) {
    if (error instanceof SyntaxError)
      return context.json({ ok: false, error: "invalid_payload" }, 400);
    if (!(error instanceof SlackError)) throw error;
    return context.json({ ok: false, error: error.code, ...error.details }, 400);
  }
}
