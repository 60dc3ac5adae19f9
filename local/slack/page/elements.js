import { h } from "./dom.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { safeUrl, unescapeText } from "./mrkdwn.js";

/**
 * @typedef {import("./block-kit.d.ts").Block} Block
 * @typedef {import("./block-kit.d.ts").BlockElement} BlockElement
 * @typedef {import("./block-kit.d.ts").Option} Option
 * @typedef {import("./block-kit.d.ts").Surface} Surface
 * @typedef {(element: BlockElement, block: Block, surface: Surface) => HTMLElement} Draw
 */

/** @type {Record<string, Draw>} */
const drawings = { button, overflow, static_select: select, image };

/** An interactive element or image inside a section, context or actions block. @type {Draw} */
export function drawElement(element, block, surface) {
  const draw = Object.hasOwn(drawings, element.type) ? drawings[element.type] : null;
  return (
    draw?.(element, block, surface) ??
    h("span", { class: "unsupported" }, `unsupported element: ${element.type}`)
  );
}

/** The text of an option or label without its wrapping. @param {{text: string} | undefined} text */
export function plain(text) {
  return unescapeText(text?.text ?? "");
}

/** All options of a select, groups flattened. @param {BlockElement} element */
export function optionsOf(element) {
  return element.options ?? element.option_groups?.flatMap((group) => group.options) ?? [];
}

/** @type {Draw} */
function button(element, block, surface) {
  const url = safeUrl(element.url ?? "");
  const style = ["primary", "danger"].find((name) => name === element.style) ?? "plain";
  const blockId = block.block_id ?? "";
  return h(
    url ? "a" : "button",
    {
      ...(url ? { href: url, target: "_blank", rel: "noopener noreferrer" } : { type: "button" }),
      class: `button button-${style}`,
      "aria-label": element.accessibility_label,
      "data-key": `${element.action_id ?? ""}|${element.value ?? ""}`,
      onclick: (/** @type {HTMLElement} */ node) =>
        surface.press(
          { blockId, element, ...(element.value === undefined ? {} : { value: element.value }) },
          node,
        ),
    },
    h("span", {}, plain(element.text)),
  );
}

/** @type {Draw} */
function overflow(element, block, surface) {
  return h(
    "button",
    {
      type: "button",
      class: "button button-icon",
      "aria-label": element.accessibility_label ?? "More actions",
      "aria-haspopup": "menu",
      "data-key": `${element.action_id ?? ""}|overflow`,
      onclick: (/** @type {HTMLElement} */ node) => offer(node, { element, block, surface }),
    },
    icon("more"),
  );
}

/** @type {Draw} */
function select(element, block, surface) {
  const shown = element.initial_option
    ? plain(element.initial_option.text)
    : plain(element.placeholder);
  return h(
    "button",
    {
      type: "button",
      class: "button button-select",
      "aria-haspopup": "menu",
      "aria-label": element.accessibility_label,
      "data-key": `${element.action_id ?? ""}|select`,
      onclick: (/** @type {HTMLElement} */ node) => offer(node, { element, block, surface }),
    },
    h("span", {}, shown || "Choose"),
    icon("chevron"),
  );
}

/** @param {HTMLElement} anchor @param {{element: BlockElement, block: Block, surface: Surface}} place */
function offer(anchor, { element, block, surface }) {
  const items = optionsOf(element).map((option) => ({
    label: plain(option.text),
    note: plain(option.description),
    run: () => {
      if (safeUrl(option.url ?? "")) window.open(option.url, "_blank", "noopener,noreferrer");
      const selectedOption = { text: plain(option.text), value: option.value ?? "" };
      surface.press({ blockId: block.block_id ?? "", element, selectedOption }, anchor);
    },
  }));
  openMenu(anchor, items);
}

/** Pictures from other hosts stay outside (the page talks to its own server only); their alt text stands in. @type {Draw} */
function image(element) {
  const alt = element.alt_text ?? "";
  const url = URL.canParse(element.image_url ?? "", location.href)
    ? new URL(element.image_url ?? "", location.href)
    : null;
  if (url?.origin === location.origin) return h("img", { src: url.href, alt, loading: "lazy" });
  return h(
    "span",
    { class: "image-away", role: "img", "aria-label": alt },
    `Picture: ${alt || "without description"}`,
  );
}
