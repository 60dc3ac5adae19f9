import { counting } from "./counting.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { link } from "./mrkdwn-view.js";

/**
 * @typedef {import("../console-api.ts").ConsoleWorld} ConsoleWorld
 * @typedef {ConsoleWorld["channels"][number]} Channel
 * @typedef {import("./world.js").Send} Send
 */

/** @param {ConsoleWorld} world @param {number} now @param {Send} send */
export function drawChannels({ channels, source, flow }, now, send) {
  const hasSignal = source.connected && flow?.status === "ACTIVE";
  const last = hasSignal ? channels.findLastIndex(({ state }) => state === "RUNNING") : -1;
  return h(
    "ul",
    { class: "channels", "aria-label": "MediaLive channels" },
    ...channels.map((channel, index) =>
      drawChannel(channel, { now, hasSignal, feedsNext: index < last, send }),
    ),
  );
}

/** @param {Channel} channel @param {{now: number, hasSignal: boolean, feedsNext: boolean, send: Send}} how */
function drawChannel(channel, { now, hasSignal, feedsNext, send }) {
  const mood = moodOf(channel.state);
  const word = channel.state.toLowerCase().replace("_", " ");
  return h(
    "li",
    {
      class: "hop channel",
      "data-key": channel.id,
      "data-mood": mood,
      "data-signal": String(hasSignal && mood === "on"),
      "data-feeds": String(feedsNext),
    },
    h("span", { class: "jack" }),
    h("h3", {}, channel.name),
    h(
      "p",
      { class: "hop-state" },
      h("span", { class: "mark" }),
      word,
      mood !== "off" && " ",
      mood !== "off" && counting(channel.changedAt, now),
    ),
    h("p", { class: "hop-about" }, ...about(channel)),
    h(
      "button",
      {
        type: "button",
        class: "button button-icon",
        "aria-haspopup": "menu",
        "aria-label": `Act on ${channel.name} as in the AWS console`,
        onclick: (/** @type {HTMLElement} */ node) => openMenu(node, backdoor(channel, send)),
      },
      icon("more"),
    ),
  );
}

/** @param {Channel} channel */
function about({ output, media, watch }) {
  return [
    `MediaLive · ${output.toUpperCase()}`,
    media && " · ",
    media && outputOf(media),
    canOpen(watch) && " · ",
    canOpen(watch) && link(watch, "Watch"),
  ];
}

/** @param {NonNullable<Channel["media"]>} media */
function outputOf({ status, detail }) {
  const words = {
    starting: detail || "connecting",
    sending: "sending",
    failed: `not accepted: ${detail}`,
  };
  return h(
    "span",
    { class: `output output-${status}` },
    status === "failed" && icon("warn"),
    words[status],
  );
}

/** A browser follows HLS, but has no use for an RTMP address. @param {string | null} watch @returns {watch is string} */
function canOpen(watch) {
  return watch !== null && !watch.startsWith("rtmp:");
}

/** @param {Channel} channel @param {Send} send */
function backdoor({ id, watch }, send) {
  const path = `/world/channels/${encodeURIComponent(id)}`;
  const note = "behind the bot's back, as in the AWS console";
  return [
    { label: "Start the channel", note, run: () => send(`${path}/start`) },
    { label: "Stop the channel", note, run: () => send(`${path}/stop`) },
    ...(watch ? [copyFor(watch)] : []),
  ];
}

/** @param {string} watch */
function copyFor(watch) {
  const address = new URL(watch, location.href).href;
  const run = () => void navigator.clipboard.writeText(address);
  return { label: "Copy the address for a player", note: address, run };
}

/** @param {string} state */
function moodOf(state) {
  if (state === "RUNNING") return "on";
  if (state.endsWith("_FAILED")) return "failed";
  return state === "IDLE" || state === "DELETED" ? "off" : "moving";
}
