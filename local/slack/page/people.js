import { h } from "./dom.js";
import { icon } from "./icons.js";
import { morphChildren } from "./morph.js";

/**
 * @typedef {import("../console-api.ts").ConsolePerson} ConsolePerson
 * @typedef {import("../console-api.ts").ConsoleState} ConsoleState
 */

const may = {
  viewer: "looks",
  operator: "starts, stops",
  admin: "everything",
};

/** The bot's mark is a jack; a person has initials on one of six quiet tints. @param {{id: string, name: string, isBot?: boolean}} who */
export function avatar({ id, name, isBot = false }) {
  if (isBot) return h("span", { class: "avatar avatar-bot", "aria-hidden": "true" });
  const tint =
    [...id].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 997, 7) % 6;
  return h("span", { class: `avatar tint-${tint}`, "aria-hidden": "true" }, initials(name));
}

/** Stands beside what Slack itself says. */
export function slackMark() {
  return h("span", { class: "avatar avatar-slack", "aria-hidden": "true" }, icon("info"));
}

/** @param {string} name */
function initials(name) {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return (
    letters
      .map((word) => [...(word ?? "")][0] ?? "")
      .join("")
      .toUpperCase() || "?"
  );
}

/**
 * The people to act as. Each is a real link, so a middle click opens a second tab as somebody else.
 *
 * @param {HTMLElement} root
 * @param {ConsoleState} state
 * @param {(person: string) => void} become
 */
export function drawPeople(root, state, become) {
  morphChildren(
    root,
    state.people.map((person) =>
      h("li", { "data-key": person.id }, personLink(person, person.id === state.person.id, become)),
    ),
  );
}

/** @param {ConsolePerson} person @param {boolean} isCurrent @param {(person: string) => void} become */
function personLink(person, isCurrent, become) {
  return h(
    "a",
    {
      class: "person",
      href: personUrl(person.id),
      "aria-current": isCurrent ? "true" : null,
      onclick: (/** @type {HTMLElement} */ _, /** @type {MouseEvent} */ event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        become(person.id);
      },
    },
    avatar(person),
    h(
      "span",
      { class: "person-name" },
      h("strong", {}, person.name),
      h("small", {}, `${person.role} · ${may[person.role] ?? ""}`),
    ),
    isCurrent && icon("check"),
  );
}

/** This page as seen by somebody. @param {string} person */
export function personUrl(person) {
  const url = new URL(location.href);
  url.searchParams.set("person", person);
  return url.href;
}
