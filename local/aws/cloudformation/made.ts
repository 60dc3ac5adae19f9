import { join } from "node:path";
import { z } from "zod";
import { createSaver, loadSaved, type Saver } from "../../saved.ts";

const record = z.object({
  type: z.string(),
  physicalId: z.string(),
  stackName: z.string(),
  logicalId: z.string(),
  properties: z.record(z.string(), z.unknown()),
  attributes: z.record(z.string(), z.unknown()),
});

/** One resource that a stack made and that still stands, also after the stack let go of it. */
export type MadeResource = z.infer<typeof record>;

/** Every resource that stacks made; for types without a service of their own it is all there is of them. */
export type MadeResources = {
  list(type?: string): MadeResource[];
  get(type: string, physicalId: string): MadeResource | undefined;
  put(resource: MadeResource): void;
  remove(type: string, physicalId: string): void;
  close(): Promise<void>;
};

/** With a home it is a file that only its owner may read: secrets are inside. */
export async function openMade(home: string | null): Promise<MadeResources> {
  const path = home === null ? null : join(home, "resources.json");
  const before = path === null ? null : await loadSaved(path, parseSaved);
  const all = new Map((before ?? []).map((each) => [keyOf(each.type, each.physicalId), each]));
  const saver: Saver | null = path === null ? null : createSaver(path, () => [...all.values()]);
  return {
    list: (type) => [...all.values()].filter((each) => type === undefined || each.type === type),
    get: (type, physicalId) => all.get(keyOf(type, physicalId)),
    put: (each) => {
      all.set(keyOf(each.type, each.physicalId), each);
      saver?.saveSoon();
    },
    remove: (type, physicalId) => {
      all.delete(keyOf(type, physicalId));
      saver?.saveSoon();
    },
    close: () => saver?.close() ?? Promise.resolve(),
  };
}

const keyOf = (type: string, physicalId: string) => `${type} ${physicalId}`;

const parseSaved = (value: unknown) => z.array(record).safeParse(value).data ?? null;
