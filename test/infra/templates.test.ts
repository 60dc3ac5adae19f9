import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { scopes } from "../../local/slack/people.ts";

const read = (name: string) =>
  parse(readFileSync(new URL(`../../infra/${name}`, import.meta.url), "utf8"), {
    customTags: [{ tag: "!Ref", resolve: (value: string) => ({ Ref: value }) }],
  });

it("asks Slack for Socket Mode, the command and the scopes that the bot uses, and no more", () => {
  const manifest = read("slack-manifest.yml");
  expect(manifest.settings.socket_mode_enabled).toBe(true);
  expect(manifest.settings.interactivity.is_enabled).toBe(true);
  expect(manifest.settings.event_subscriptions.bot_events).toEqual(["app_home_opened"]);
  expect(
    manifest.features.slash_commands.map(({ command }: { command: string }) => command),
  ).toEqual(["/stream"]);
  expect(manifest.oauth_config.scopes.bot).toEqual([
    "commands",
    "chat:write",
    "files:write",
    "users:read",
    "channels:history",
    "metadata.message:read",
  ]);
});

it("asks for the scopes that the local Slack grants", () => {
  expect(read("slack-manifest.yml").oauth_config.scopes.bot).toEqual(scopes);
});

it("keeps the ops table when its stack is deleted, and keys it as the adapters do", () => {
  const { OpsTable } = read("ops-table.yml").Resources;
  expect(OpsTable.DeletionPolicy).toBe("Retain");
  expect(OpsTable.UpdateReplacePolicy).toBe("Retain");
  expect(OpsTable.Properties.KeySchema).toEqual([
    { AttributeName: "pk", KeyType: "HASH" },
    { AttributeName: "sk", KeyType: "RANGE" },
  ]);
  expect(OpsTable.Properties.TimeToLiveSpecification).toEqual({
    AttributeName: "expires_at",
    Enabled: true,
  });
});
