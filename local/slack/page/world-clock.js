import { h } from "./dom.js";
import { dayOfWeek, duration, timeOfDay } from "./time.js";

/**
 * @typedef {import("../console-api.ts").ConsoleWorld["clock"]} Clock
 * @typedef {import("./world.js").Send} Send
 * @typedef {{now: number, tz: string, send: Send}} Beside
 */

const minuteMs = 60_000;
const jumps = [
  { label: "+5 min", minutes: 5 },
  { label: "+15 min", minutes: 15 },
  { label: "+1 h", minutes: 60 },
  { label: "+4 h", minutes: 240 },
];

/**
 * The world's own time, which can jump forward so that an evening is watched in a minute. What comes and goes has a key:
 * the buttons stay in place and keep the focus.
 *
 * @param {Clock} clock
 * @param {Beside} beside
 */
export function drawClock(clock, beside) {
  const { jump } = clock;
  return h(
    "section",
    { class: "clock", "aria-label": "The world's clock" },
    drawTime(beside),
    jump ? drawWay(jump, clock.offsetMs, beside) : drawAhead(clock),
    h("p", { class: "unseen", role: "status" }, said(clock, beside)),
    jump
      ? h("progress", {
          "aria-label": "Way to the new time",
          "data-key": "clock-progress",
          max: jump.toMs - jump.fromMs,
          value: clock.offsetMs - jump.fromMs,
        })
      : h("span", { class: "clock-line", "data-key": "clock-line" }),
    drawJumps(beside.send),
  );
}

/** @param {Beside} beside */
function drawTime({ now, tz }) {
  const ontick = (/** @type {HTMLElement} */ node, /** @type {number} */ at) => {
    node.textContent = timeOfDay(at, tz);
  };
  return h(
    "p",
    { class: "clock-time" },
    h("time", { datetime: new Date(now).toISOString(), ontick }, timeOfDay(now, tz)),
    h("span", {}, dayOfWeek(now, tz)),
  );
}

/** Where a jump goes, and how to end it. @param {{toMs: number}} jump @param {number} offsetMs @param {Beside} beside */
function drawWay(jump, offsetMs, { now, tz, send }) {
  return h(
    "div",
    { class: "clock-way", "data-key": "clock-way" },
    h("span", {}, `to ${timeOfDay(endOf(jump, offsetMs, now), tz)}`),
    h(
      "button",
      {
        type: "button",
        class: "button",
        "aria-label": "Stop the clock's jump",
        onclick: () => send("/world/clock", undefined, "DELETE"),
      },
      "Stop",
    ),
  );
}

/** @param {Clock} clock */
function drawAhead({ offsetMs }) {
  const words = offsetMs === 0 ? "real time" : `+${duration(offsetMs)} ahead`;
  return h(
    "p",
    { class: "clock-ahead", "data-key": "clock-ahead", "data-shifted": String(offsetMs > 0) },
    words,
  );
}

/** @param {Send} send */
function drawJumps(send) {
  return h(
    "div",
    { class: "clock-jumps", role: "group", "aria-label": "Move the clock forward" },
    ...jumps.map(({ label, minutes }) =>
      h(
        "button",
        {
          type: "button",
          class: "button",
          onclick: () => send("/world/clock", { forwardMinutes: minutes }),
        },
        label,
      ),
    ),
  );
}

/** What a screen reader hears: where a jump goes, and where it ended, but not each minute between. @param {Clock} clock @param {Beside} beside */
function said({ jump, offsetMs }, { now, tz }) {
  if (jump !== null)
    return `The clock goes forward to ${timeOfDay(endOf(jump, offsetMs, now), tz)}.`;
  return offsetMs === 0 ? "" : `The clock is ${duration(offsetMs)} ahead.`;
}

/** The minute at which a jump ends; real seconds go on during it. @param {{toMs: number}} jump @param {number} offsetMs @param {number} now */
function endOf({ toMs }, offsetMs, now) {
  return Math.round((now + toMs - offsetMs) / minuteMs) * minuteMs;
}
