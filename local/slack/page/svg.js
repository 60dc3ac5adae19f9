const namespace = "http://www.w3.org/2000/svg";

/**
 * Builds an SVG element. Lengths may be percentages, so that a drawing follows its box while its texts keep their size.
 *
 * @param {string} tag
 * @param {Record<string, string | number | boolean | undefined>} [attributes]
 * @param {...(Node | string)} children
 * @returns {SVGElement}
 */
export function s(tag, attributes = {}, ...children) {
  const node = /** @type {SVGElement} */ (document.createElementNS(namespace, tag));
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) node.setAttribute(name, String(value));
  }
  node.append(...children);
  return node;
}

/** @param {number} share Between 0 and 1. */
export function percent(share) {
  return `${Number((share * 100).toFixed(3))}%`;
}
