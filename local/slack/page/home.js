import { drawBlocks } from "./blocks.js";
import { h } from "./dom.js";
import { keepFocus, morphChildren } from "./morph.js";

/**
 * @typedef {import("../console-api.ts").ConsoleState} ConsoleState
 * @typedef {import("./block-kit.d.ts").Surface} Surface
 */

/**
 * The app's Home tab: the view that the bot published for this person.
 *
 * @param {HTMLElement} root
 * @param {ConsoleState} state
 * @param {(viewId: string) => Surface} surface
 */
export function drawHome(root, { home, bot }, surface) {
  const content = home ? drawBlocks(home.blocks, surface(home.viewId)) : [empty(bot.name)];
  keepFocus(root, () => morphChildren(root, [h("div", { class: "home-view" }, ...content)]));
}

/** @param {string} botName */
function empty(botName) {
  return h(
    "div",
    { class: "home-empty" },
    h("h2", {}, "Nothing here yet"),
    h(
      "p",
      {},
      `${botName} has not published its Home for you. It does so when it hears that you opened this tab.`,
    ),
  );
}
