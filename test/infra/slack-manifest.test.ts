import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { scopes } from "../../local/slack/people.ts";
import { methods } from "../../local/slack/web-api/index.ts";

const root = join(import.meta.dirname, "../..");
const read = (name: string) => parse(readFileSync(join(root, "infra", name), "utf8"));

const socketMode = read("slack-manifest.yaml");
const overHttp = read("slack-manifest-http.yaml");

/** Bot scopes that a method needs (docs.slack.dev, the page of each method), for every method that the bot may call. */
const needed: Record<string, readonly string[]> = {
  "auth.test": [],
  "chat.postMessage": ["chat:write"],
  "chat.update": ["chat:write"],
  "chat.postEphemeral": ["chat:write"],
  "users.info": ["users:read"],
  "views.publish": [],
  "files.getUploadURLExternal": ["files:write"],
  "files.completeUploadExternal": ["files:write"],
  // Both only to find a message whose answer was lost, by the key in its metadata.
  "conversations.history": ["channels:history", "metadata.message:read"],
  "conversations.replies": ["channels:history", "metadata.message:read"],
};

/** What a slash command needs without any method. */
const slashCommand = ["commands"];
const families =
  "api|apps|auth|bookmarks|chat|conversations|files|pins|reactions|team|usergroups|users|views";
/** A name that only a failure carries is no method. */
const literal = new RegExp(`(?<!SlackFailure\\()"((?:${families})\\.[A-Za-z.]+)"`, "g");

const called = (): string[] => {
  const folder = join(root, "src/bot");
  const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => readFileSync(join(folder, file), "utf8"));
  return [
    ...new Set(
      sources.flatMap((source) => [...source.matchAll(literal)].map(([, name = ""]) => name)),
    ),
  ];
};

const sorted = (words: Iterable<string>): string[] => [...new Set(words)].sort();

describe("the Slack manifest", () => {
  it("asks for the scopes of the methods that the bot calls, and for no others", () => {
    const known = Object.keys(needed);
    expect(called().filter((method) => !known.includes(method))).toEqual([]);
    const wanted = called().flatMap((method) => needed[method] ?? []);
    expect(sorted(socketMode.oauth_config.scopes.bot)).toEqual(
      sorted([...slashCommand, ...wanted]),
    );
  });

  it("needs what the local Slack asks for each method, which grants no more than the manifest", () => {
    const asked = Object.keys(needed).flatMap((method) => methods[method]?.scope ?? []);
    expect(asked.filter((scope) => !Object.values(needed).flat().includes(scope))).toEqual([]);
    expect(socketMode.oauth_config.scopes.bot).toEqual(scopes);
  });

  it("asks for the one command, for presses and for App Home", () => {
    const commands = socketMode.features.slash_commands.map(
      ({ command }: { command: string }) => command,
    );
    expect(commands).toEqual(["/stream"]);
    expect(socketMode.settings.interactivity.is_enabled).toBe(true);
    expect(socketMode.settings.event_subscriptions.bot_events).toEqual(["app_home_opened"]);
    expect(socketMode.settings.socket_mode_enabled).toBe(true);
  });

  it("keeps the lengths that Slack allows", () => {
    const { display_information: shown, features } = socketMode;
    expect(shown.name.length).toBeLessThanOrEqual(35);
    expect(shown.description.length).toBeLessThanOrEqual(140);
    expect(features.bot_user.display_name.length).toBeLessThanOrEqual(80);
    expect(features.slash_commands[0].usage_hint.length).toBeLessThanOrEqual(1_000);
  });

  it("differs over HTTP in the mode and in one address alone", () => {
    const { url, ...command } = overHttp.features.slash_commands[0];
    const { request_url: events, ...subscriptions } = overHttp.settings.event_subscriptions;
    const { request_url: presses, ...interactivity } = overHttp.settings.interactivity;
    expect({
      ...overHttp,
      features: { ...overHttp.features, slash_commands: [command] },
      settings: {
        ...overHttp.settings,
        event_subscriptions: subscriptions,
        interactivity,
        socket_mode_enabled: true,
      },
    }).toEqual(socketMode);
    expect(overHttp.settings.socket_mode_enabled).toBe(false);
    expect(new Set([url, events, presses])).toEqual(
      new Set(["https://patchbay.example.com/slack/events"]),
    );
    const server = readFileSync(join(root, "src/server.ts"), "utf8");
    expect(server).toContain(`"${new URL(url).pathname}"`);
  });
});
