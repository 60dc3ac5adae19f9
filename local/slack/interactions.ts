import type { ConsoleAction, ConsolePerson } from "./console-api.ts";
import { type Done, done, failureOf, refused } from "./done.ts";
import type { Block } from "./echo.ts";
import { answerOf, findElement, stateOf, toAction } from "./elements.ts";
import type { Envelope } from "./envelope.ts";
import { sendEvent } from "./events.ts";
import type { StoredMessage } from "./messages.ts";
import { appHomeOpened, messageAction, slashCommand, viewAction } from "./payloads.ts";
import { commands, conversation, directMessageOf, people } from "./people.ts";
import { applyReply, hasReply } from "./replies.ts";
import { SlackError } from "./slack-error.ts";
import { tell, type Workspace } from "./workspace.ts";

/** Whether a person sees a message: public ones, those sent to the person, and the person's direct messages. */
export function isVisibleTo(person: ConsolePerson, message: StoredMessage): boolean {
  const here =
    message.channel === conversation.id || message.channel === directMessageOf(person.id);
  return here && (message.to === null || message.to === person.id);
}

/** Slack escapes three characters, and mentions when the command asks for it (docs.slack.dev, `should_escape`). */
function escapeTyped(typed: string): string {
  const plain = typed.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const mentioned = plain.replace(/@([\p{L}\d]+)/gu, (mention, name: string) => {
    const person = people.find((one) => one.name.toLowerCase() === name.toLowerCase());
    return person ? `<@${person.id}|${person.name.toLowerCase()}>` : mention;
  });
  return mentioned.replaceAll(
    `#${conversation.name}`,
    `<#${conversation.id}|${conversation.name}>`,
  );
}

/** A person sends the message box: a slash command goes to the app, anything else is an ordinary message. */
export async function typeLine(
  workspace: Workspace,
  person: ConsolePerson,
  typed: string,
): Promise<Done> {
  const line = typed.trimEnd();
  if (line === "") return refused("There is nothing to send.");
  const written = { channel: conversation.id, author: person.id, text: escapeTyped(line) };
  if (!line.startsWith("/")) {
    workspace.messages.add(written);
    return done;
  }
  workspace.messages.add({ ...written, kind: "command", to: person.id, via: "reply" });
  const [command = ""] = line.split(/\s+/);
  if (!commands.includes(command)) {
    tell(workspace, person.id, notACommand(command));
    return done;
  }
  const text = escapeTyped(line.slice(command.length).trim());
  await runCommand(workspace, person, { command, text });
  return done;
}

function notACommand(command: string): string {
  const name = escapeTyped(command);
  return `${name} is not a valid command. To send it as a message, put a space before the "/".`;
}

async function runCommand(
  workspace: Workspace,
  person: ConsolePerson,
  typed: { command: string; text: string },
): Promise<void> {
  const payload = slashCommand(workspace, person, typed);
  const outcome = await workspace.app.send({
    type: "slash_commands",
    payload,
    acceptsResponse: true,
  });
  const failed = (error: string) =>
    tell(workspace, person.id, `${typed.command} failed with the error "${error}"`);
  if (outcome.kind !== "acked") return void failed(failureOf(outcome));
  if (!hasReply(outcome.payload)) return;
  try {
    const to = { person: person.id, channel: conversation.id, messageTs: null };
    applyReply(workspace, to, outcome.payload);
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    failed("dispatch_failed");
  }
}

/** What was pressed, and where it stands. */
export type ConsolePress = Omit<ConsoleAction, "person">;

/** A person presses a button or chooses an option, on a message or in a view. */
export async function press(
  workspace: Workspace,
  person: ConsolePerson,
  action: ConsolePress,
): Promise<Done> {
  const place = placeOf(workspace, person, action);
  const element = place && findElement(place.blocks, action);
  if (!place || !element) return refused("This control is no longer there.");
  const ts = workspace.messages.nextTs();
  const given = { [action.blockId]: { [action.actionId]: answerOf(element, action) } };
  const pressed = {
    action: toAction(element, action.blockId, { ...action, ts }),
    values: stateOf(place.blocks, given),
  };
  const envelope: Envelope = {
    type: "interactive",
    payload: place.toPayload(pressed),
    acceptsResponse: false,
  };
  const outcome = await workspace.app.send(envelope);
  if (outcome.kind === "acked") return done;
  const error = `This action failed with the error "${failureOf(outcome)}"`;
  tell(workspace, person.id, error);
  return refused(error);
}

type Pressed = { action: Block; values: Block };
type Place = { blocks: readonly Block[]; toPayload(pressed: Pressed): Block };

function placeOf(
  workspace: Workspace,
  person: ConsolePerson,
  { messageTs, viewId }: ConsolePress,
): Place | undefined {
  const seen = workspace.messages.all().filter((message) => isVisibleTo(person, message));
  const message = seen.find(({ ts }) => ts === messageTs);
  if (message) {
    const toPayload = (pressed: Pressed) =>
      messageAction(workspace, person, { message, ...pressed });
    return { blocks: message.blocks, toPayload };
  }
  const found = viewId === undefined ? undefined : workspace.views.find(viewId);
  if (found?.person !== person.id) return undefined;
  const { view } = found;
  const toPayload = (pressed: Pressed) => viewAction(workspace, person, { view, ...pressed });
  return { blocks: view.blocks, toPayload };
}

/** A person opens the app's Home tab. */
export function openHome(workspace: Workspace, person: ConsolePerson): Done {
  sendEvent(workspace, appHomeOpened(workspace, person));
  return done;
}
