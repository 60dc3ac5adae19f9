import type {
  ConsoleMessage,
  ConsolePerson,
  ConsoleState,
  ConsoleView,
  ConsoleWorld,
} from "./console-api.ts";
import { filesOf, toConsoleFile } from "./file-shapes.ts";
import { isVisibleTo } from "./interactions.ts";
import { millisOf, type StoredMessage } from "./messages.ts";
import { bot, conversation, people, personOf } from "./people.ts";
import type { SlackView } from "./views.ts";
import type { Workspace } from "./workspace.ts";

const maxShown = 200;
/** What only this person sees must not push the live card off the page. */
const maxEphemeral = 80;

/** Everything that one person sees: the conversation, the views, and the world beside them. */
export function toConsoleState(
  workspace: Workspace,
  person: ConsolePerson,
  world: ConsoleWorld,
): ConsoleState {
  const seen = workspace.messages.all().filter((message) => isVisibleTo(person, message));
  const home = workspace.views.homeOf(person.id);
  return {
    now: workspace.now(),
    person,
    people: [...people],
    conversation: { ...conversation },
    bot: { name: bot.name, connected: workspace.app.connected() },
    messages: newest(seen).map((message) => ({
      ...toConsoleMessage(message, seen),
      files: filesOf(workspace, message).map(toConsoleFile),
    })),
    home: home ? toConsoleView(home) : null,
    modals: workspace.views.modalsOf(person.id).map(toConsoleView),
    world,
  };
}

function newest(seen: readonly StoredMessage[]): readonly StoredMessage[] {
  const isPrivate = ({ to, channel }: StoredMessage) => to !== null || channel !== conversation.id;
  const oldest = seen.filter(isPrivate).at(-maxEphemeral);
  const dropped = (message: StoredMessage) =>
    oldest !== undefined && isPrivate(message) && seen.indexOf(message) < seen.indexOf(oldest);
  return seen.filter((message) => !dropped(message)).slice(-maxShown);
}

/** A direct message stands in the same conversation, marked as one that only its person sees. */
function toConsoleMessage(
  message: StoredMessage,
  seen: readonly StoredMessage[],
): Omit<ConsoleMessage, "files"> {
  return {
    ts: message.ts,
    threadTs: message.threadTs,
    broadcast: message.broadcast,
    author: authorOf(message.author),
    kind: message.kind,
    text: message.text,
    blocks: message.blocks,
    ephemeral: message.to !== null || message.channel !== conversation.id,
    edited: message.editedTs !== null,
    at: millisOf(message.ts),
    replyCount: seen.filter(({ threadTs }) => threadTs === message.ts).length,
  };
}

function authorOf(id: string): ConsoleMessage["author"] {
  const person = personOf(id);
  if (person) return { id, name: person.name, isBot: false };
  return id === bot.userId
    ? { id, name: bot.name, isBot: true }
    : { id, name: "Slack", isBot: false };
}

function toConsoleView(view: SlackView): ConsoleView {
  return {
    viewId: view.id,
    type: view.type,
    title: view.title?.text ?? "",
    submit: view.submit?.text ?? null,
    close: view.close?.text ?? null,
    blocks: view.blocks,
  };
}
