import { randomBytes } from "node:crypto";
import { isRecord } from "./block-rules.ts";

/** A block as Slack stores and returns it: with ids, and with defaults spelled out. */
export type Block = Record<string, unknown>;

function shortId(): string {
  return randomBytes(4).toString("base64url").slice(0, 5);
}

/** Text objects come back with their defaults written out, wherever they stand. */
function withDefaults(block: Block): Block {
  const copy = Object.fromEntries(
    Object.entries(block).map(([name, field]) => [name, deeper(field)]),
  );
  if (copy.type === "mrkdwn") return { verbatim: false, ...copy };
  if (copy.type === "plain_text") return { emoji: true, ...copy };
  return copy;
}

function deeper(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(deeper);
  return isRecord(value) ? withDefaults(value) : value;
}

function withId(element: unknown): unknown {
  if (!isRecord(element) || element.type === "image") return element;
  return { action_id: shortId(), ...element };
}

/** Only the elements of an actions block are pressed; those of context and rich_text have no ids. */
function idsFor(blockType: unknown): (element: unknown) => unknown {
  return blockType === "actions" ? withId : (element) => element;
}

/**
 * What Slack makes of the blocks it is sent: random `block_id` and `action_id` where there are none, `verbatim` and
 * `emoji` filled in. Blocks that come back are therefore never equal to those sent.
 */
export function echoBlocks(blocks: readonly unknown[]): Block[] {
  return blocks.filter(isRecord).map((block) => {
    const { accessory, element, elements, ...rest } = block;
    return withDefaults({
      block_id: shortId(),
      ...rest,
      ...(accessory === undefined ? {} : { accessory: withId(accessory) }),
      ...(element === undefined ? {} : { element: withId(element) }),
      ...(Array.isArray(elements) ? { elements: elements.map(idsFor(block.type)) } : {}),
    });
  });
}
