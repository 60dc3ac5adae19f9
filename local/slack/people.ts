import type { ConsolePerson } from "./console-api.ts";

const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

/**
 * The people one can act as on the console: two operators, because two people at once is a case worth trying. They are
 * where this machine is, so that the times they read are the times they type; Vic is elsewhere and sees the difference.
 */
export const people: readonly ConsolePerson[] = [
  { id: "U0ANA000001", name: "Ana", role: "operator", tz: here },
  { id: "U0BEN000001", name: "Ben", role: "operator", tz: here },
  { id: "U0VIC000001", name: "Vic", role: "viewer", tz: "Asia/Tokyo" },
  { id: "U0ADA000001", name: "Ada", role: "admin", tz: here },
];

/** The workspace that everything happens in. */
export const team = { id: "T0LOCAL0001", name: "Local", domain: "local" } as const;

/** The one app installed in it, and the bot user that it posts as. */
export const bot = {
  appId: "A0LOCAL0001",
  botId: "B0LOCAL0001",
  userId: "U0BOT000001",
  name: "patchbay",
} as const;

/** The one public conversation; everybody and the bot are members. */
export const conversation = { id: "C0LIVE00001", name: "live" } as const;

/** The slash commands that the app has registered. */
export const commands: readonly string[] = ["/stream"];

/** What the local Slack accepts; real tokens are refused, so that none is ever sent here for long. */
export const tokens = {
  bot: "xoxb-local",
  app: "xapp-local",
  signing: "localsigningsecret",
} as const;

/** What the app was granted when it was installed: the bot scopes of its manifest. */
export const scopes: readonly string[] = [
  "commands",
  "chat:write",
  "files:write",
  "users:read",
  "channels:history",
  "metadata.message:read",
];

/** Finds one of the people by user id. */
export function personOf(id: string): ConsolePerson | undefined {
  return people.find((person) => person.id === id);
}

/** The direct message conversation between one person and the bot. */
export function directMessageOf(personId: string): string {
  return personId.replace(/^U/, "D");
}

/** Finds whose direct message conversation an id names. */
export function personOfDirectMessage(conversationId: string): ConsolePerson | undefined {
  return people.find((person) => directMessageOf(person.id) === conversationId);
}
