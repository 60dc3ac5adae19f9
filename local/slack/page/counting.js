import { h } from "./dom.js";
import { elapsed } from "./time.js";

/** Time since `since`, counting on the page. @param {number} since @param {number} now */
export function counting(since, now) {
  const ontick = (/** @type {HTMLElement} */ node, /** @type {number} */ at) => {
    node.textContent = elapsed(at - since);
  };
  return h("span", { class: "counting", ontick }, elapsed(now - since));
}
