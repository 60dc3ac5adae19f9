import { h } from "./dom.js";
import { keepFocus, morphChildren } from "./morph.js";
import { timeOfDay } from "./time.js";
import { drawChannels } from "./world-channels.js";
import { drawClock } from "./world-clock.js";
import { drawSource } from "./world-source.js";

/**
 * @typedef {import("../console-api.ts").ConsoleState} ConsoleState
 * @typedef {import("../console-api.ts").ConsoleWorld} ConsoleWorld
 * @typedef {(path: string, body?: unknown, method?: "POST" | "DELETE") => void} Send
 */

const eventsShown = 30;
/** @type {Record<string, string>} */
const moods = { ACTIVE: "on", STANDBY: "off", ERROR: "failed" };

/**
 * What the conversation is about: the signal's way from the SRT source over the flow to the channels, and what
 * happened. It stands for AWS and the encoder, so a person can also act there, behind the bot's back.
 *
 * @param {HTMLElement} root
 * @param {ConsoleState} state
 * @param {Send} send
 */
export function drawWorld(root, { world, now, person }, send) {
  const running = world.channels.filter(({ state }) => state === "RUNNING").length;
  keepFocus(root, () =>
    morphChildren(root, [
      h(
        "header",
        { class: "head" },
        h("h2", {}, "The world"),
        h(
          "p",
          { class: "tally", "data-lit": String(running > 0) },
          `${running} of ${world.channels.length} running`,
        ),
      ),
      h(
        "div",
        { class: "world-body" },
        h("p", { class: "world-about" }, "Stands in for AWS and the encoder, on this machine."),
        drawClock(world.clock, { now, tz: person.tz, send }),
        h(
          "div",
          { class: "path" },
          drawSource(world.source, now, send),
          drawFlow(world),
          drawChannels(world, now, send),
        ),
        drawMedia(world.media),
        drawEvents(world.events, person.tz),
      ),
    ]),
  );
}

/** @param {ConsoleWorld} world */
function drawFlow({ flow, source }) {
  const status = flow?.status ?? "STANDBY";
  const mood = moods[status] ?? "moving";
  const carries = String(mood === "on" && source.connected);
  return h(
    "section",
    { class: "hop", "data-mood": mood, "data-signal": carries, "data-feeds": carries },
    h("span", { class: "jack" }),
    h("h3", {}, "Flow"),
    h("p", { class: "hop-state" }, h("span", { class: "mark" }), status.toLowerCase()),
    h("p", { class: "hop-about" }, `MediaConnect · ${flow?.name ?? "no flow yet"}`),
  );
}

/** @param {ConsoleWorld["media"]} media */
function drawMedia({ installed, note, srt }) {
  const how = h(
    "p",
    {},
    "Run ",
    h("code", {}, "npm run feed"),
    " for a test picture, or point an encoder here (SRT, caller):",
  );
  return h(
    "section",
    { class: "card" },
    h("h3", {}, installed ? "Send a real picture" : "No real picture here"),
    installed && srt ? how : h("p", {}, note),
    installed && srt && h("pre", { tabindex: 0 }, srt),
  );
}

/** @param {ConsoleWorld["events"]} events @param {string} tz */
function drawEvents(events, tz) {
  const lines = events.slice(-eventsShown).reverse();
  return h(
    "section",
    { class: "card events" },
    h("h3", {}, "What happened"),
    lines.length === 0 && h("p", {}, "Nothing yet."),
    h(
      "ol",
      {},
      ...lines.map(({ at, text }) =>
        h(
          "li",
          {},
          h("time", { datetime: new Date(at).toISOString() }, timeOfDay(at, tz)),
          h("span", {}, text),
        ),
      ),
    ),
  );
}
