import { describe, expect, it } from "vitest";
import { aChannel } from "../../../support/console-states.ts";
import { pageModule } from "./page-module.ts";

type Completion = { offers: { insert: string; label: string; hint: string }[]; active: number };
type Complete = { complete(text: string, channels: unknown[]): Completion };

const { complete } = await pageModule<Complete>("completion.js");
const channels = [
  aChannel({ platform: "youtube" }),
  aChannel({ platform: "twitch", state: "RUNNING" }),
  aChannel({ platform: "custom", id: "1", name: "church" }),
  aChannel({ platform: "custom", id: "2", name: "school" }),
];
const inserts = (text: string) => complete(text, channels).offers.map(({ insert }) => insert);

describe("completion", () => {
  it("offers the command and its verbs from the first slash", () => {
    const verbs = [
      "/stream",
      "/stream start ",
      "/stream stop ",
      "/stream extend ",
      "/stream hold ",
      "/stream release ",
      "/stream status ",
      "/stream cost ",
      "/stream budget ",
      "/stream report ",
      "/stream schedule ",
      "/stream history ",
      "/stream sync ",
      "/stream ignore ",
      "/stream plan ",
      "/stream help",
    ];
    expect(inserts("/")).toEqual(verbs);
    expect(inserts("/str")).toEqual(verbs);
  });

  it.each([
    ["/stream st", ["/stream start ", "/stream stop ", "/stream status "]],
    ["/stream stat", ["/stream status "]],
    ["/stream start tw", ["/stream start twitch "]],
    ["/stream START TW", ["/stream START twitch "]],
    ["/stream stop ch", ["/stream stop church "]],
    ["/stream help sto", ["/stream help stop "]],
    ["/stream extend tw", ["/stream extend twitch "]],
    ["/stream extend twitch 3", ["/stream extend twitch 30m "]],
    ["/stream cost m", ["/stream cost month "]],
    ["/stream budget h", ["/stream budget hardcap on ", "/stream budget hardcap off "]],
    ["/stream plan re", ["/stream plan release "]],
    ["/stream plan start tw", ["/stream plan start twitch "]],
  ])("goes on with %s", (text, offered) => {
    expect(inserts(text)).toEqual(offered);
  });

  it("names a destination by its platform when only one has it", () => {
    const words = complete("/stream start ", channels).offers.map(({ label }) => label);
    expect(words).toEqual(["youtube", "twitch", "church", "school", "all"]);
  });

  it("offers what is on first to those who stop", () => {
    const words = complete("/stream stop ", channels).offers.map(({ label }) => label);
    expect(words).toEqual(["twitch", "youtube", "church", "school", "all"]);
  });

  it("says what state a destination is in", () => {
    expect(complete("/stream stop tw", channels).offers[0]?.hint).toBe("live-twitch · running");
  });

  it("does not offer a destination twice, and then offers an end", () => {
    expect(inserts("/stream start twitch ")).toEqual([
      "/stream start twitch youtube ",
      "/stream start twitch church ",
      "/stream start twitch school ",
      "/stream start twitch for 2h ",
      "/stream start twitch until 21:30 ",
    ]);
    expect(inserts("/stream start all ")).toHaveLength(2);
  });

  it.each([
    "hello",
    "/other ",
    "/stream cost month ",
    "/stream sync ",
    "/stream ignore ",
    "/stream extend twitch 30m ",
    "/stream plan cost month ",
    "/stream start twitch for ",
    "/stream help stop ",
    "/x",
  ])("has nothing for %s", (text) => {
    expect(complete(text, channels)).toEqual({ offers: [], active: -1 });
  });

  it.each([
    "/stream",
    "/stream start",
    "/stream start twitch",
    "/stream start twitch ",
    "/stream status",
  ])("lets Enter send %s", (text) => {
    expect(complete(text, channels).active).toBe(-1);
  });

  it.each(["/s", "/stream st", "/stream start t"])("lets Enter complete %s", (text) => {
    expect(complete(text, channels).active).toBe(0);
  });
});
