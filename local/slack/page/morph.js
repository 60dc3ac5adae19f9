import { passHandlers } from "./dom.js";

/**
 * Turns `from` into `to` with as few changes as possible and returns the node that is in the document afterwards.
 *
 * @param {Node} from
 * @param {Node} to
 * @returns {Node}
 */
export function morph(from, to) {
  if (!isSame(from, to)) {
    from.parentNode?.replaceChild(to, from);
    return to;
  }
  if (from instanceof Element && to instanceof Element) {
    passHandlers(to, from);
    morphAttributes(from, to);
    morphChildren(from, [...to.childNodes]);
  } else if (from.nodeValue !== to.nodeValue) from.nodeValue = to.nodeValue;
  return from;
}

/**
 * Makes `nodes` the children of `parent`, matching by `data-key` first and by place and kind otherwise.
 *
 * @param {Element} parent
 * @param {Node[]} nodes
 */
export function morphChildren(parent, nodes) {
  const keyed = dropUnwanted(parent, new Set(nodes.map(keyOf)));
  let at = parent.firstChild;
  for (const node of nodes) {
    const match = keyed.get(keyOf(node)) ?? (at && isSame(at, node) ? at : node);
    if (at && match === at) at = at.nextSibling;
    else parent.insertBefore(match, at);
    if (match !== node) morph(match, node);
  }
  while (at) {
    const next = at.nextSibling;
    at.remove();
    at = next;
  }
}

/**
 * Takes keyed children away that are not wanted any more, first of all: so those that stay need not move, which would
 * cost them the focus.
 *
 * @param {Element} parent
 * @param {Set<string>} wanted
 */
function dropUnwanted(parent, wanted) {
  /** @type {Map<string, ChildNode>} */
  const kept = new Map();
  for (const child of [...parent.childNodes]) {
    const key = keyOf(child);
    if (key && !wanted.has(key)) child.remove();
    else if (key) kept.set(key, child);
  }
  return kept;
}

/** @param {Node} node */
function keyOf(node) {
  return node instanceof Element ? (node.getAttribute("data-key") ?? "") : "";
}

/** @param {Node} from @param {Node} to */
function isSame(from, to) {
  return from.nodeName === to.nodeName && keyOf(from) === keyOf(to);
}

/** @param {Element} from @param {Element} to */
function morphAttributes(from, to) {
  for (const { name } of [...from.attributes])
    if (!to.hasAttribute(name)) from.removeAttribute(name);
  for (const { name, value } of to.attributes) {
    if (from.getAttribute(name) === value) continue;
    from.setAttribute(name, value);
    // What somebody typed or dragged hides the attribute, so a new value from outside must be set as a property too.
    if (name === "value" && from instanceof HTMLInputElement) from.value = value;
  }
}

/**
 * Changes something under `root` and gives the focus back to the same control when the change had to replace it. When
 * that control is gone the focus goes to `root`, never to another button: a second Enter must not press "Stop".
 *
 * @param {HTMLElement} root
 * @param {() => void} change
 */
export function keepFocus(root, change) {
  const before = document.activeElement;
  if (!before || before === root || !root.contains(before)) return change();
  const key = keyOf(before);
  change();
  if (root.contains(document.activeElement)) return;
  const same = key ? root.querySelector(`[data-key="${CSS.escape(key)}"]`) : null;
  const target = same instanceof HTMLElement ? same : root;
  target.focus({ preventScroll: true });
}
