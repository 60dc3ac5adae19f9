import { counting } from "./counting.js";
import { h } from "./dom.js";

/**
 * @typedef {import("../console-api.ts").ConsoleWorld["source"]} Source
 * @typedef {import("./world.js").Send} Send
 */

const usualBps = 8_000_000;

/** @param {Source} source @param {number} now @param {Send} send */
export function drawSource(source, now, send) {
  const { connected, changedAt, by } = source;
  return h(
    "section",
    {
      class: "hop source",
      "data-mood": connected ? "on" : "failed",
      "data-signal": String(connected),
      "data-feeds": String(connected),
    },
    h("span", { class: "jack" }),
    h("h3", {}, "Source"),
    h(
      "p",
      { class: "hop-state" },
      h("span", { class: "mark" }),
      connected ? "connected " : "no signal ",
      counting(changedAt, now),
    ),
    h(
      "p",
      { class: "hop-about" },
      by === "media" ? "SRT · measured on the wire" : "SRT · the encoder is this switch",
    ),
    meters(source),
    by === "switch" && controls(source, send),
  );
}

/** Figures that nobody measured are unknown, not zero. @param {Source} source */
function meters({ bitrateBps, rttMs, lossPercent }) {
  const meter = (/** @type {string} */ name, /** @type {string | null} */ figure) =>
    h(
      "div",
      {},
      h("dt", {}, name),
      h("dd", { class: figure === null ? "unknown" : null }, figure ?? "unknown"),
    );
  return h(
    "dl",
    { class: "meters" },
    meter("Bitrate", bitrateBps === null ? null : megabits(bitrateBps)),
    meter("Round trip", rttMs === null ? null : `${Math.round(rttMs)} ms`),
    meter("Loss", lossPercent === null ? null : `${lossPercent.toFixed(1)} %`),
  );
}

/** @param {number} bps */
function megabits(bps) {
  return `${(bps / 1_000_000).toFixed(1)} Mb/s`;
}

/** @param {Source} source @param {Send} send */
function controls({ connected, bitrateBps }, send) {
  const bps = bitrateBps || usualBps;
  return h(
    "div",
    { class: "controls" },
    h(
      "button",
      {
        type: "button",
        class: "switch",
        role: "switch",
        "aria-checked": String(connected),
        onclick: () =>
          send(
            "/world/source",
            connected ? { connected: false } : { connected: true, bitrateBps: bps },
          ),
      },
      h("span", { class: "switch-track" }),
      connected ? "Encoder sends" : "Encoder is off",
    ),
    h(
      "label",
      { class: "bitrate" },
      h("span", {}, "Bitrate"),
      h("input", {
        type: "range",
        min: 1,
        max: 20,
        step: 0.5,
        value: bps / 1_000_000,
        disabled: !connected,
        oninput: (/** @type {HTMLInputElement} */ input) => showBitrate(input),
        onchange: (/** @type {HTMLInputElement} */ input) =>
          send("/world/source", { connected: true, bitrateBps: Number(input.value) * 1_000_000 }),
      }),
      h("output", {}, megabits(bps)),
    ),
  );
}

/** Says what the slider stands at while it is dragged. @param {HTMLInputElement} input */
function showBitrate(input) {
  if (input.nextElementSibling)
    input.nextElementSibling.textContent = megabits(Number(input.value) * 1_000_000);
}
