import { actions, type Block, context, limits } from "./blocks.ts";

/** How much a surface takes. */
export type Room = { blocks: number; bytes: number };

export const messageRoom: Room = { blocks: limits.messageBlocks, bytes: limits.messageBytes };
export const homeRoom: Room = { blocks: limits.homeBlocks, bytes: limits.homeBytes };

/** What must be there at the top and the bottom, and the rows between, of which some may have to go. */
export type Layout = {
  head: Block[];
  rows: Block[];
  tail: Block[];
};

/** UTF-8 bytes of the blocks as they are sent. */
export const sizeOf = (blocks: readonly Block[]): number =>
  Buffer.byteLength(JSON.stringify(blocks));

/** As many rows as there is room for, and how many more there are. */
export function fitRows({ head, rows, tail }: Layout, room: Room): Block[] {
  const all = [...head, ...rows, ...tail];
  if (all.length <= room.blocks && sizeOf(all) <= room.bytes) return all;
  const more = (count: number) => context(`… and ${count} more`);
  const fixed = [...head, more(rows.length), ...tail];
  const kept: Block[] = [];
  let bytes = sizeOf(fixed);
  for (const row of rows) {
    bytes += sizeOf([row]);
    if (bytes > room.bytes || fixed.length + kept.length + 1 > room.blocks) break;
    kept.push(row);
  }
  return [...head, ...kept, more(rows.length - kept.length), ...tail];
}

/** Buttons in as few blocks as Slack allows. */
export function inActions(buttons: Parameters<typeof actions>[0]): Block[] {
  const blocks: Block[] = [];
  for (let first = 0; first < buttons.length; first += limits.actions)
    blocks.push(actions(buttons.slice(first, first + limits.actions)));
  return blocks;
}
