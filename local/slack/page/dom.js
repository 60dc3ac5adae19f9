/**
 * Builds the page's nodes. Handlers live beside the nodes, not in them, and the document hears for all: so a node that
 * stays while the tree around it is drawn anew (`morph.js`) can be given fresh ones.
 *
 * @typedef {(node: HTMLElement, event: Event) => void} Handler
 * @typedef {(node: HTMLElement, now: number) => void} Ticker
 * @typedef {{click?: Handler, change?: Handler, input?: Handler, tick?: Ticker}} Handlers
 * @typedef {Node | string | null | false | undefined} Child
 */

/** @type {WeakMap<Node, Handlers>} */
const attached = new WeakMap();
const delegated = /** @type {const} */ (["click", "change", "input"]);

/**
 * Builds an element; `onclick`, `onchange`, `oninput` and `ontick` become handlers, `true` an empty attribute.
 * Text goes in as text nodes only, so data can never become markup.
 *
 * @param {string} tag
 * @param {Record<string, unknown>} [props]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElement}
 */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  /** @type {Record<string, unknown>} */
  const handlers = {};
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) handlers[name.slice(2)] = value;
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  if (Object.keys(handlers).length > 0) attach(node, handlers);
  node.append(...children.flat().filter(isShown));
  return node;
}

/** @param {Child} child @returns {child is Node | string} */
function isShown(child) {
  return child !== null && child !== undefined && child !== false;
}

/** @param {HTMLElement} node @param {Handlers} handlers */
function attach(node, handlers) {
  attached.set(node, handlers);
  node.toggleAttribute("data-ticks", Boolean(handlers.tick));
}

/** Hears every click, change and input of the page once and hands it to the nearest node that has a handler. */
export function listen() {
  for (const type of delegated) document.addEventListener(type, (event) => dispatch(type, event));
}

/** @param {(typeof delegated)[number]} type @param {Event} event */
function dispatch(type, event) {
  let node = event.target instanceof Node ? event.target : null;
  while (node && !attached.get(node)?.[type]) node = node.parentNode;
  if (!(node instanceof HTMLElement) || node.getAttribute("aria-disabled") === "true") return;
  attached.get(node)?.[type]?.(node, event);
}

/** Runs the `ontick` handlers of what is on the page: elapsed times and "3 minutes ago". @param {number} now */
export function tick(now) {
  for (const node of document.querySelectorAll("[data-ticks]")) {
    if (node instanceof HTMLElement) attached.get(node)?.tick?.(node, now);
  }
}

/** Gives `to` the handlers of `from`, or none when it has none. @param {Node} from @param {Node} to */
export function passHandlers(from, to) {
  const handlers = attached.get(from);
  if (handlers) attached.set(to, handlers);
  else attached.delete(to);
}
