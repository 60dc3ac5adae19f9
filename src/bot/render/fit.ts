import { actions, type Block, context, limits } from "./blocks.ts";

/** How much a surface takes. */
export type Room = { blocks: number; bytes: number };

export const messageRoom: Room = { blocks: limits.messageBlocks, bytes: limits.messageBytes };
export const homeRoom: Room = { blocks: limits.homeBlocks, bytes: limits.homeBytes };

/** What must be there at the top and the bottom, and the rows between, of which some may have to go as a whole. */
export type Layout = {
  head: Block[];
  rows: readonly (Block | readonly Block[])[];
  tail: Block[];
};

/** UTF-8 bytes of the blocks as they are sent. */
export const sizeOf = (blocks: readonly Block[]): number =>
  Buffer.byteLength(JSON.stringify(blocks));

const allOf = ({ head, rows, tail }: Layout): Block[] => [...head, ...rows.flat(), ...tail];

/** True when there is room for every row. */
export function fits(layout: Layout, room: Room): boolean {
  const all = allOf(layout);
  return all.length <= room.blocks && sizeOf(all) <= room.bytes;
}

/** As many rows as there is room for, and how many more there are. */
export function fitRows(layout: Layout, room: Room): Block[] {
  if (fits(layout, room)) return allOf(layout);
  const { head, rows, tail } = layout;
  const more = (count: number) => context(`… and ${count} more`);
  const fixed = [...head, more(rows.length), ...tail];
  let bytes = sizeOf(fixed);
  let blocks = fixed.length;
  const tooMany = rows.findIndex((row) => {
    bytes += sizeOf([row].flat());
    blocks += [row].flat().length;
    return bytes > room.bytes || blocks > room.blocks;
  });
  const kept = rows.slice(0, tooMany === -1 ? rows.length : tooMany);
  return [...head, ...kept.flat(), more(rows.length - kept.length), ...tail];
}

/** Buttons in as few blocks as Slack allows. */
export function inActions(buttons: Parameters<typeof actions>[0]): Block[] {
  const blocks: Block[] = [];
  for (let first = 0; first < buttons.length; first += limits.actions)
    blocks.push(actions(buttons.slice(first, first + limits.actions)));
  return blocks;
}
