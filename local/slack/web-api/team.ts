import { z } from "zod";
import { bot, people, personOf, team } from "../people.ts";
import { toApiBotUser, toApiUser } from "../shapes.ts";
import { SlackError } from "../slack-error.ts";
import type { Workspace } from "../workspace.ts";
import { type Answer, type Method, method, withScope } from "./method.ts";

const nothing = z.object({});
const named = z.object({ user: z.string() });

function test(_: Workspace, args: Record<string, unknown>): Answer {
  if (typeof args.error === "string") throw new SlackError(args.error, { args });
  return { args };
}

function whoAmI(workspace: Workspace): Answer {
  return {
    url: `${workspace.origin()}/`,
    team: team.name,
    user: bot.name,
    team_id: team.id,
    user_id: bot.userId,
    bot_id: bot.botId,
    is_enterprise_install: false,
  };
}

function describeUser(workspace: Workspace, { user }: z.infer<typeof named>): Answer {
  if (user === bot.userId) return { user: toApiBotUser() };
  const person = personOf(user);
  if (!person) throw new SlackError("user_not_found");
  return { user: toApiUser(person, workspace.now()) };
}

function listUsers(workspace: Workspace): Answer {
  const members = people.map((person) => toApiUser(person, workspace.now()));
  return { members: [...members, toApiBotUser()], response_metadata: { next_cursor: "" } };
}

const openConnection = method(nothing, (workspace) => ({ url: workspace.sockets.open() }));

export const teamMethods = {
  "api.test": { ...method(z.looseObject({}), test), token: "none" },
  "apps.connections.open": { ...openConnection, token: "app" },
  "auth.test": method(nothing, whoAmI),
  ...withScope("team:read", { "team.info": method(nothing, () => ({ team })) }),
  ...withScope("users:read", {
    "users.info": method(named, describeUser),
    "users.list": method(nothing, listUsers),
  }),
} satisfies Record<string, Method>;
