import { h } from "./dom.js";
import { optionsOf, plain } from "./elements.js";

/**
 * @typedef {import("./block-kit.d.ts").Block} Block
 * @typedef {import("./block-kit.d.ts").BlockElement} BlockElement
 * @typedef {import("./block-kit.d.ts").Option} Option
 * @typedef {Record<string, Record<string, unknown>>} Values
 */

const textTypes = {
  plain_text_input: "text",
  number_input: "number",
  email_text_input: "email",
  url_text_input: "url",
};

/** An `input` block: label, control, hint and room for the error that the bot may answer. @param {Block} block */
export function drawInput(block) {
  const element = block.element ?? { type: "nothing" };
  const id = `input-${block.block_id ?? ""}`;
  const grouped = element.type === "radio_buttons" || element.type === "checkboxes";
  const label = [
    plain(block.label),
    block.optional && h("span", { class: "optional" }, " (optional)"),
  ];
  return h(
    grouped ? "fieldset" : "div",
    { class: "block input", "data-block-id": block.block_id ?? "" },
    grouped ? h("legend", {}, ...label) : h("label", { for: id }, ...label),
    control(element, { id, required: !block.optional, describedBy: `${id}-about` }),
    h(
      "div",
      { id: `${id}-about` },
      block.hint && h("p", { class: "hint" }, plain(block.hint)),
      h("p", { class: "field-error", "data-key": "error" }),
    ),
  );
}

/**
 * What the person filled in, in the shape of Slack's `view.state.values`
 * (docs.slack.dev, view_submission payload): block id, action id, then type and value.
 *
 * @param {HTMLElement} root
 * @returns {Values}
 */
export function valuesOf(root) {
  /** @type {Values} */
  const values = {};
  for (const node of root.querySelectorAll("[data-block-id]")) {
    const field = node.querySelector("[data-action-id]");
    if (!(node instanceof HTMLElement) || !(field instanceof HTMLElement)) continue;
    const { actionId = "", type = "" } = field.dataset;
    values[node.dataset.blockId ?? ""] = { [actionId]: { type, ...filledIn(field, type) } };
  }
  return values;
}

/** Puts the bot's errors under their fields and the focus into the first. @param {HTMLElement} root @param {Record<string, string>} errors */
export function showErrors(root, errors) {
  for (const node of root.querySelectorAll("[data-block-id]")) {
    if (!(node instanceof HTMLElement)) continue;
    const error = errors[node.dataset.blockId ?? ""] ?? "";
    const line = node.querySelector(".field-error");
    if (line) line.textContent = error;
    const field = node.querySelector("input, textarea, select");
    field?.setAttribute("aria-invalid", String(error !== ""));
  }
  const first = root.querySelector("[aria-invalid=true]");
  if (first instanceof HTMLElement) first.focus();
}

/** @param {BlockElement} element @param {{id: string, required: boolean, describedBy: string}} field */
function control(element, field) {
  const shared = {
    id: field.id,
    "data-action-id": element.action_id ?? "",
    "data-type": element.type,
    "aria-describedby": field.describedBy,
  };
  if (Object.hasOwn(textTypes, element.type))
    return textControl(element, { ...shared, required: field.required });
  if (element.type === "static_select")
    return selectControl(element, { ...shared, required: field.required });
  if (element.type === "radio_buttons" || element.type === "checkboxes")
    return choiceControl(element, shared);
  return h("p", { class: "unsupported" }, `unsupported element: ${element.type}`);
}

/** @param {BlockElement} element @param {Record<string, unknown>} shared */
function textControl(element, shared) {
  const props = {
    ...shared,
    placeholder: element.placeholder ? plain(element.placeholder) : null,
    minlength: element.min_length,
    maxlength: element.max_length,
  };
  if (element.multiline) return h("textarea", { ...props, rows: 4 }, element.initial_value ?? "");
  const type = textTypes[/** @type {keyof typeof textTypes} */ (element.type)];
  return h("input", { ...props, type, value: element.initial_value, autocomplete: "off" });
}

/** @param {BlockElement} element @param {Record<string, unknown>} shared */
function selectControl(element, shared) {
  const chosen = element.initial_option?.value;
  return h(
    "select",
    shared,
    h("option", { value: "" }, plain(element.placeholder) || "Choose"),
    ...optionsOf(element).map((option) =>
      h("option", { value: option.value, selected: option.value === chosen }, plain(option.text)),
    ),
  );
}

/** @param {BlockElement} element @param {{id: string}} shared */
function choiceControl(element, shared) {
  const type = element.type === "checkboxes" ? "checkbox" : "radio";
  const chosen = new Set(
    [
      ...(element.initial_options ?? []),
      ...(element.initial_option ? [element.initial_option] : []),
    ].map(({ value }) => value),
  );
  return h(
    "div",
    { ...shared, class: "choices" },
    ...optionsOf(element).map((option) =>
      h(
        "label",
        { class: "choice" },
        h("input", {
          type,
          name: shared.id,
          value: option.value,
          checked: chosen.has(option.value),
        }),
        h(
          "span",
          {},
          plain(option.text),
          option.description && h("small", {}, plain(option.description)),
        ),
      ),
    ),
  );
}

/** @param {HTMLElement} field @param {string} type */
function filledIn(field, type) {
  if (field instanceof HTMLSelectElement) {
    const option = field.selectedOptions[0];
    return { selected_option: option?.value ? optionValue(option.value, option.text) : null };
  }
  if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)
    return { value: field.value === "" ? null : field.value };
  const chosen = [...field.querySelectorAll("input")].filter((input) => input.checked);
  const options = chosen.map((input) =>
    optionValue(
      input.value,
      input.parentElement?.querySelector("span")?.firstChild?.textContent ?? "",
    ),
  );
  return type === "checkboxes"
    ? { selected_options: options }
    : { selected_option: options[0] ?? null };
}

/** @param {string} value @param {string} text */
function optionValue(value, text) {
  return { text: { type: "plain_text", text }, value };
}
