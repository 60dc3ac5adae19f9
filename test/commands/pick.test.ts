import { describe, expect, it } from "vitest";
import { pick } from "../../src/commands/pick.ts";
import { aDestination } from "../support/builders.ts";
import { siteDestinations } from "../support/world.ts";

const site = [
  ...siteDestinations(),
  aDestination({ id: "dest_relay_7", name: "Custom relay", platform: "periscope" }),
  aDestination({ id: "dest_dance", name: "Song and Dance, live – “main”", platform: "vimeo" }),
  aDestination({ id: "dest_studio", name: "Studio for Kids 👨‍👩‍👧", platform: "kick" }),
];

const idsFor = (words: string, destinations = site) => {
  const picked = pick(words, destinations);
  return picked.kind === "picked" ? picked.destinations.map(({ id }) => id) : picked;
};

describe("a destination", () => {
  it.each([
    ["its name", "youtube", "dest_youtube"],
    ["its name in any case", "YouTube", "dest_youtube"],
    ["a name of several words", "custom relay", "dest_relay_7"],
    ["a name in quotes", '"custom relay"', "dest_relay_7"],
    ["a name in apostrophes", "'custom relay'", "dest_relay_7"],
    ["a name with a quote missing", '"custom relay', "dest_relay_7"],
    ["a name in the marks of code", "`custom relay`", "dest_relay_7"],
    ["a name with “and”, comma, dash and quotes", 'song and dance, live - "main"', "dest_dance"],
    ["a name with unseen characters, typed without", "studio for kids 👨👩👧", "dest_studio"],
    ["its id", "dest_relay_7", "dest_relay_7"],
    ["its platform", "hls", "dest_primary"],
    ["another word for its platform", "yt", "dest_youtube"],
    ["a platform that patchbay does not know", "vimeo", "dest_dance"],
    ["the platform's name in full", "custom rtmp", "dest_custom"],
  ])("is found by %s", (_how, words, id) => {
    expect(idsFor(words)).toEqual([id]);
  });

  it("is found by id before any name that is the same", () => {
    const named = aDestination({ id: "dest_a", name: "dest_b" });
    const meant = aDestination({ id: "dest_b", name: "Other" });
    expect(idsFor("dest_b", [named, meant])).toEqual(["dest_b"]);
  });

  it("is taken once however often it is named", () => {
    expect(idsFor("yt youtube dest_youtube twitch")).toEqual(["dest_youtube", "dest_twitch"]);
  });
});

describe("several destinations", () => {
  it.each([
    "youtube twitch linkedin",
    "youtube, twitch and linkedin",
    "youtube,twitch,linkedin",
    "youtube & twitch + linkedin",
    "youtube - twitch - linkedin",
  ])("may be listed as “%s”", (words) => {
    expect(idsFor(words)).toEqual(["dest_youtube", "dest_twitch", "dest_linkedin"]);
  });

  it.each(["all", '"all"', "All"])("are all meant by %s", (words) => {
    expect(pick(words, site)).toEqual({ kind: "picked", destinations: site, all: true });
  });
});

describe("a platform's word", () => {
  const main = aDestination({ id: "dest_main", name: "Main stage" });
  const second = aDestination({ id: "dest_second", name: "Second stage" });
  const old = aDestination({ id: "dest_old", name: "Old stage", enabled: false });
  const youtube = aDestination({ platform: "youtube" });

  it("means the only enabled destination of that platform", () => {
    expect(idsFor("twitch", [main, old])).toEqual(["dest_main"]);
  });

  it("means a disabled one when there is no other", () => {
    expect(idsFor("twitch", [old])).toEqual(["dest_old"]);
  });

  it("gives the choices when several fit, and keeps the rest of the words", () => {
    expect(pick("youtube twitch main stage", [main, second, old, youtube])).toEqual({
      kind: "unclear",
      word: "twitch",
      choices: [main, second],
      others: "dest_youtube main stage",
    });
  });

  it("gives the choices for a name that two have", () => {
    const twin = { ...main, id: "dest_twin" };
    expect(pick("main stage", [main, twin])).toMatchObject({ word: "main stage", others: "" });
  });
});

describe("a word that names nothing", () => {
  const refusal = (words: string, destinations = site) => {
    const attempt = () => pick(words, destinations);
    return expect(attempt);
  };
  const saying = (message: string, hint: string) => expect.objectContaining({ message, hint });
  const unknown = (word: string) => `I do not know a destination called “${word}”.`;

  it.each([
    ["twich", "Did you mean `twitch`?"],
    ["yuotube", "Did you mean `YouTube`?"],
    ["twіtch", "Did you mean `Twitch`?"],
  ])("gets the nearest right one: %s", (word, hint) => {
    const message = unknown(word);
    refusal(word).toThrow(expect.objectContaining({ code: "not-found", message }));
    refusal(word).toThrow(
      expect.objectContaining({ hint: expect.stringMatching(new RegExp(hint, "i")) }),
    );
  });

  it("gets the names there are when none is near", () => {
    refusal("periscoop live", site.slice(0, 2)).toThrow(
      saying(unknown("periscoop"), "There are: HLS player, YouTube."),
    );
  });

  it("gets eight names and no more", () => {
    const many = Array.from({ length: 9 }, (_, index) =>
      aDestination({ id: `dest_${index}`, name: `Stage ${index}` }),
    );
    refusal("nowhere", many).toThrow(
      expect.objectContaining({ hint: expect.stringMatching(/Stage 7 and more\.$/) }),
    );
  });

  it("keeps a name with backticks from breaking the hint", () => {
    const odd = aDestination({ name: "Kids` show", platform: "kick" });
    refusal("kids' shaw", [odd]).toThrow(
      expect.objectContaining({ hint: "There are: Kids' show." }),
    );
  });

  it("is told that `all` stands by itself", () => {
    refusal("all twitch").toThrow(
      saying("I do not understand that.", "`all` stands by itself and means every destination."),
    );
  });

  it("is told that one command comes at a time", () => {
    refusal("youtube && stop twitch").toThrow(
      saying(
        "I do not understand that.",
        "One command at a time: `/stream start youtube and twitch`.",
      ),
    );
  });

  it("is not quoted when nothing of it may be shown", () => {
    refusal("***").toThrow(expect.objectContaining({ message: "I do not understand that." }));
  });

  it("is asked for when there is none", () => {
    refusal(" , and ").toThrow(
      expect.objectContaining({ code: "invalid-input", message: "Which destination?" }),
    );
    refusal("twitch", []).toThrow(saying(unknown("twitch"), "There are no destinations yet."));
  });

  it("is not repeated when it looks like a stream key, but is when it is the id of one that is gone", () => {
    refusal("live_123456_AbCdEf").toThrow(/looks like a stream key/);
    refusal("dest_1763838000000_a1b2c3d4e").toThrow(unknown("dest_1763838000000_a1b2c3d4e"));
  });
});
