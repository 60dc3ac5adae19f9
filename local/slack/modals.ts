import { z } from "zod";
import type { ConsolePerson } from "./console-api.ts";
import { type Done, done, failureOf, refused } from "./done.ts";
import { missingInputs, stateOf, type Values } from "./elements.ts";
import { viewClosed, viewSubmission } from "./payloads.ts";
import { SlackError } from "./slack-error.ts";
import { parseView, type SlackView } from "./views.ts";
import type { Workspace } from "./workspace.ts";

/** What an app may answer to a submission (docs.slack.dev, Modals). */
const submissionAnswer = z.union([
  z.object({
    response_action: z.literal("errors"),
    errors: z.record(z.string(), z.string()),
  }),
  z.object({ response_action: z.enum(["update", "push"]), view: z.unknown() }),
  z.object({ response_action: z.literal("clear") }),
  z.object({ response_action: z.undefined().optional() }),
]);

type SubmissionAnswer = z.infer<typeof submissionAnswer>;

const trouble = "We had some trouble connecting. Try again?";

function topmost(
  workspace: Workspace,
  person: ConsolePerson,
  viewId: string,
): SlackView | undefined {
  const top = workspace.views.modalsOf(person.id).at(-1);
  return top?.id === viewId ? top : undefined;
}

/** A person submits the topmost modal. */
export async function submit(
  workspace: Workspace,
  person: ConsolePerson,
  submitted: { viewId: string; values: Values },
): Promise<Done> {
  const view = topmost(workspace, person, submitted.viewId);
  if (!view) return refused("This form is no longer open.");
  const values = stateOf(view.blocks, submitted.values);
  const errors = missingInputs(view.blocks, values);
  if (Object.keys(errors).length > 0) return { ok: false, error: "Some fields are empty.", errors };
  const outcome = await workspace.app.send({
    type: "interactive",
    payload: viewSubmission(workspace, person, { view, values }),
    acceptsResponse: true,
  });
  if (outcome.kind !== "acked") return refused(`${trouble} (${failureOf(outcome)})`);
  const answer = submissionAnswer.safeParse(outcome.payload);
  if (!answer.success) return refused(trouble);
  try {
    return follow(workspace, { person, view }, answer.data);
  } catch (error) {
    if (error instanceof SlackError) return refused(trouble);
    throw error;
  }
}

function follow(
  workspace: Workspace,
  { person, view }: { person: ConsolePerson; view: SlackView },
  answer: SubmissionAnswer,
): Done {
  const { views } = workspace;
  switch (answer.response_action) {
    case "errors":
      return { ok: false, error: "The form was not accepted.", errors: answer.errors };
    case "clear":
      views.clear(person.id);
      return done;
    case undefined:
      views.pop(person.id);
      return done;
    case "update":
      views.update(view.id, parseView(answer.view, "modal"));
      return done;
    case "push":
      views.push(person.id, parseView(answer.view, "modal"));
      return done;
  }
}

/** A person closes the topmost modal; an app that asked for it is told. */
export function dismiss(workspace: Workspace, person: ConsolePerson, viewId: string): Done {
  const view = topmost(workspace, person, viewId);
  if (!view) return refused("This form is no longer open.");
  workspace.views.pop(person.id);
  if (!view.notify_on_close) return done;
  const payload = viewClosed(workspace, person, view);
  void workspace.app.send({ type: "interactive", payload, acceptsResponse: false });
  return done;
}
