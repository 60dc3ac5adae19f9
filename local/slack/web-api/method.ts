import { z } from "zod";
import { conversation, directMessageOf, personOf, personOfDirectMessage } from "../people.ts";
import { refusal, SlackError } from "../slack-error.ts";
import type { Workspace } from "../workspace.ts";

export type Answer = Record<string, unknown>;

/** What a method asks of who calls it; `scope` is null where Slack asks for none. */
export type Access = { token: "bot" | "app" | "none"; scope: string | null };

/** One method of the Web API: who may call it, and what it does with its arguments. */
export type Method = Access & {
  run(workspace: Workspace, args: unknown): Answer;
};

/** Defines a method by the arguments it takes; what does not fit them is refused before it runs. */
export function method<T>(
  args: z.ZodType<T>,
  run: (workspace: Workspace, args: T) => Answer,
): Method {
  return {
    token: "bot",
    scope: null,
    run: (workspace, sent) => {
      const parsed = args.safeParse(sent);
      if (!parsed.success) throw refusal("invalid_arguments", parsed.error.issues.map(toProblem));
      return run(workspace, parsed.data);
    },
  };
}

/** The same methods for callers with this scope (docs.slack.dev, the page of each method). */
export function withScope<Name extends string>(
  scope: string,
  methods: Record<Name, Method>,
): Record<string, Method> {
  const scoped = Object.entries<Method>(methods).map(([name, one]) => [name, { ...one, scope }]);
  return Object.fromEntries(scoped);
}

function toProblem(issue: z.core.$ZodIssue): string {
  const missing = issue.code === "invalid_type" && issue.message.includes("received undefined");
  return missing
    ? `missing required field: ${issue.path.join(".")}`
    : `invalid value [json-pointer:/${issue.path.join("/")}]`;
}

/** Form bodies carry everything as text, so that `true`, `1` and `"true"` are all yes. */
export const flag = z
  .union([z.boolean(), z.literal(["true", "false", "1", "0"]), z.number()])
  .transform((value) => value === true || value === "true" || value === "1" || value === 1);

/** A structure that may come as JSON in a form field. */
export const structure = z.unknown().transform((value) => {
  if (typeof value !== "string") return value;
  try {
    const parsed: unknown = JSON.parse(value);
    return parsed;
  } catch {
    return notJson;
  }
});

/** Stands for a form field that should hold JSON and does not. */
const notJson = Symbol("not JSON");

/** Finds the conversation that an app means by an id, a name, or a person's id. */
export function conversationOf(named: string): string {
  if ([conversation.id, conversation.name, `#${conversation.name}`].includes(named)) {
    return conversation.id;
  }
  if (personOf(named)) return directMessageOf(named);
  if (personOfDirectMessage(named)) return named;
  throw new SlackError("channel_not_found");
}

/** The thread that a reply to this message stands in; null when it is no reply. */
export function threadOf(workspace: Workspace, channel: string, ts?: string): string | null {
  if (ts === undefined) return null;
  const parent = workspace.messages.find(channel, ts);
  if (!parent || parent.to !== null) throw new SlackError("thread_not_found");
  return parent.threadTs ?? parent.ts;
}
