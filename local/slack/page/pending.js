/** A control that was pressed waits this long at most for the conversation to change. */
const patienceMs = 4000;

/** @type {Set<{node: HTMLElement, timer: ReturnType<typeof setTimeout>}>} */
const waiting = new Set();

/** Marks a control as pressed: it takes no second press and, after 150 ms (by CSS), shows a spinner. @param {HTMLElement} node */
export function startPending(node) {
  node.setAttribute("aria-disabled", "true");
  node.setAttribute("aria-busy", "true");
  const entry = { node, timer: setTimeout(() => end(entry), patienceMs) };
  waiting.add(entry);
  return () => end(entry);
}

/** Ends the wait of every control: the next state has come. */
export function endPending() {
  for (const entry of waiting) end(entry);
}

/** @param {{node: HTMLElement, timer: ReturnType<typeof setTimeout>}} entry */
function end(entry) {
  clearTimeout(entry.timer);
  waiting.delete(entry);
  entry.node.removeAttribute("aria-disabled");
  entry.node.removeAttribute("aria-busy");
}
