import type { KeptAnnouncement } from "../../../src/domain/announcement.ts";
import { OpsError } from "../../../src/errors.ts";
import type { Announcements } from "../../../src/manager/ports.ts";
import type { Outside } from "./outside.ts";

export type MemoryAnnouncements = Announcements & { all(): KeptAnnouncement[] };

/** What the conversation is told; where `isHeard` is false there is none, and everything counts as shown at once. */
export function memoryAnnouncements(
  outside: Outside,
  { isHeard = true }: { isHeard?: boolean } = {},
): MemoryAnnouncements {
  const kept = new Map<string, KeptAnnouncement>();
  const live = new Set<string>();
  const keep = (announcement: KeptAnnouncement): void => {
    kept.set(announcement.key, announcement);
    const { open, revision } = announcement;
    const shown = isHeard ? announcement.shown : { revision };
    if (open || shown?.revision !== revision) live.add(announcement.key);
    else live.delete(announcement.key);
  };
  return {
    add: (announcement) =>
      outside.pass("announcements.add", () => {
        if (kept.has(announcement.key)) return false;
        keep({ ...announcement, revision: 1, shown: null });
        return true;
      }),
    find: (key) => outside.pass("announcements.find", () => kept.get(key) ?? null),
    live: () =>
      outside.pass("announcements.live", () =>
        [...live]
          .flatMap((key) => kept.get(key) ?? [])
          .toSorted((left, right) => left.at.getTime() - right.at.getTime()),
      ),
    amend: (read, { content, open }) =>
      outside.pass("announcements.amend", () => {
        const now = kept.get(read.key);
        if (now?.revision !== read.revision)
          throw new OpsError("conflict", "Somebody else changed this announcement in between.");
        keep({ ...now, content, open, revision: now.revision + 1 });
      }),
    noteShown: (key, shown) =>
      outside.pass("announcements.noteShown", () => {
        const now = kept.get(key);
        if (now === undefined || (now.shown?.revision ?? 0) > shown.revision) return;
        keep({ ...now, shown });
      }),
    all: () => [...kept.values()],
  };
}
