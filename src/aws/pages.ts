import { OpsError } from "../errors.ts";

const mostPages = 200;

/**
 * Follows every page of a list. A token that comes back, or a list without end, is an error and not a short list: what
 * is missing from a list would look deleted.
 */
export async function everyPage<Item>(
  read: (token: string | undefined) => Promise<{ items: Item[]; next: string | undefined }>,
): Promise<Item[]> {
  const items: Item[] = [];
  const seen = new Set<string>();
  let token: string | undefined;
  while (seen.size < mostPages) {
    const page = await read(token);
    items.push(...page.items);
    token = page.next;
    if (token === undefined || token === "") return items;
    if (seen.has(token)) break;
    seen.add(token);
  }
  throw new OpsError("aws-unavailable", "AWS answered a list that does not end.");
}
