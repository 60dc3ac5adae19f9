import type { Log } from "../manager/ports.ts";
import type { Block, Message } from "./render/blocks.ts";
import { section } from "./render/blocks.ts";
import { checkBlocks } from "./render/check-blocks.ts";
import { homeRoom, messageRoom, type Room } from "./render/fit.ts";

/** The message as Slack takes it: one whose blocks it would refuse goes out as plain text, and the log says why. */
export function sendable({ text, blocks }: Message, log: Log): Message {
  return { text, blocks: isFine(blocks, messageRoom, log) ? blocks : [] };
}

/** The same for the Home tab, which has no plain text beside its blocks. */
export function sendableHome({ text, blocks }: Message, log: Log): Block[] {
  return isFine(blocks, homeRoom, log) ? blocks : [section(text)];
}

function isFine(blocks: readonly Block[], room: Room, log: Log): boolean {
  const [wrong] = checkBlocks(blocks, room);
  if (wrong !== undefined) log.error("blocks-refused", { wrong });
  return wrong === undefined;
}
