import { z } from "zod";
import { conversation, directMessageOf, personOf, personOfDirectMessage } from "../people.ts";
import { refusal, SlackError } from "../slack-error.ts";
import type { Workspace } from "../workspace.ts";

export type Answer = Record<string, unknown>;

/** One method of the Web API: which token it takes, and what it does with its arguments. */
export type Method = {
  token: "bot" | "app" | "none";
  run(workspace: Workspace, args: unknown): Answer;
};

/** Defines a method by the arguments it takes; what does not fit them is refused before it runs. */
export function method<T>(
  args: z.ZodType<T>,
  run: (workspace: Workspace, args: T) => Answer,
  token: Method["token"] = "bot",
): Method {
  return {
    token,
    run: (workspace, sent) => {
      const parsed = args.safeParse(sent);
      if (!parsed.success) throw refusal("invalid_arguments", parsed.error.issues.map(toProblem));
      return run(workspace, parsed.data);
    },
  };
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
