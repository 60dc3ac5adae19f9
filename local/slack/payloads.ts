import { randomBytes } from "node:crypto";
import type { ConsolePerson } from "./console-api.ts";
import type { StoredMessage } from "./messages.ts";
import { bot, conversation, directMessageOf, team } from "./people.ts";
import { toApiMessage } from "./shapes.ts";
import type { SlackView } from "./views.ts";
import type { Workspace } from "./workspace.ts";

/** What Slack sends to an app, field by field (java-slack-sdk json-logs, BlockActionTest, ViewSubmissionTest). */
export type Payload = Record<string, unknown>;

/** Deprecated by Slack but still sent; apps must not rely on it. */
const verificationToken = "local-verification-token";

function user(person: ConsolePerson): Payload {
  const name = person.name.toLowerCase();
  return { id: person.id, username: name, name, team_id: team.id };
}

function interaction(workspace: Workspace, person: ConsolePerson): Payload {
  return {
    user: user(person),
    api_app_id: bot.appId,
    token: verificationToken,
    trigger_id: workspace.grants.createTrigger(person.id),
    team: { id: team.id, domain: team.domain },
    enterprise: null,
    is_enterprise_install: false,
  };
}

function responseUrl(workspace: Workspace, person: ConsolePerson, message?: StoredMessage): string {
  const to = {
    person: person.id,
    channel: message?.channel ?? conversation.id,
    messageTs: message?.ts ?? null,
  };
  return `${workspace.origin()}/response/${workspace.grants.createReply(to)}`;
}

/** A slash command that a person typed. */
export function slashCommand(
  workspace: Workspace,
  person: ConsolePerson,
  typed: { command: string; text: string },
): Payload {
  return {
    token: verificationToken,
    team_id: team.id,
    team_domain: team.domain,
    channel_id: conversation.id,
    channel_name: conversation.name,
    user_id: person.id,
    user_name: person.name.toLowerCase(),
    ...typed,
    api_app_id: bot.appId,
    is_enterprise_install: "false",
    response_url: responseUrl(workspace, person),
    trigger_id: workspace.grants.createTrigger(person.id),
  };
}

/** A press or a choice on a message; an ephemeral message is not in the payload, as in Slack. */
export function messageAction(
  workspace: Workspace,
  person: ConsolePerson,
  pressed: { message: StoredMessage; action: Payload; values: Payload },
): Payload {
  const { message, action, values } = pressed;
  const name = message.channel === conversation.id ? conversation.name : "directmessage";
  return {
    type: "block_actions",
    ...interaction(workspace, person),
    container: {
      type: "message",
      message_ts: message.ts,
      channel_id: message.channel,
      is_ephemeral: message.to !== null,
      ...(message.threadTs && { thread_ts: message.threadTs }),
    },
    channel: { id: message.channel, name },
    ...(message.to === null && { message: toApiMessage(workspace, message) }),
    state: { values },
    response_url: responseUrl(workspace, person, message),
    actions: [action],
  };
}

/** A press or a choice in a modal or on the Home tab: no channel and no response_url. */
export function viewAction(
  workspace: Workspace,
  person: ConsolePerson,
  pressed: { view: SlackView; action: Payload; values: Payload },
): Payload {
  const view = { ...pressed.view, state: { values: pressed.values } };
  return {
    type: "block_actions",
    ...interaction(workspace, person),
    container: { type: "view", view_id: view.id },
    view,
    actions: [pressed.action],
  };
}

/** A modal that a person submitted. */
export function viewSubmission(
  workspace: Workspace,
  person: ConsolePerson,
  submitted: { view: SlackView; values: Payload },
): Payload {
  return {
    type: "view_submission",
    ...interaction(workspace, person),
    view: { ...submitted.view, state: { values: submitted.values } },
    response_urls: [],
  };
}

/** A modal that a person closed and that asked to be told. */
export function viewClosed(workspace: Workspace, person: ConsolePerson, view: SlackView): Payload {
  const { trigger_id, ...rest } = interaction(workspace, person);
  return { type: "view_closed", ...rest, view, is_cleared: false };
}

/** A person opened the app's Home tab; `view` is there once something was published. */
export function appHomeOpened(workspace: Workspace, person: ConsolePerson): Payload {
  const view = workspace.views.homeOf(person.id);
  const eventTs = workspace.messages.nextTs();
  return {
    type: "event_callback",
    token: verificationToken,
    team_id: team.id,
    api_app_id: bot.appId,
    event_id: `Ev${randomBytes(6).toString("hex").toUpperCase()}`,
    event_time: Math.floor(workspace.now() / 1000),
    event_context: `4-${randomBytes(8).toString("hex")}`,
    is_ext_shared_channel: false,
    authorizations: [
      {
        enterprise_id: null,
        team_id: team.id,
        user_id: bot.userId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    event: {
      type: "app_home_opened",
      user: person.id,
      channel: directMessageOf(person.id),
      tab: "home",
      event_ts: eventTs,
      ...(view && { view }),
    },
  };
}
