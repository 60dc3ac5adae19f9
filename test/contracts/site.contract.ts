import { inspect } from "node:util";
import { beforeEach, describe, expect, it } from "vitest";
import { type Bindings, emptyMemory, type SiteMemory } from "../../src/domain/site.ts";
import type { BindingsSource, SiteMemoryStore, StreamKeys } from "../../src/manager/ports.ts";

/** One outside with one stream key below the prefix. */
export type StreamKeysStage = { streamKeys: StreamKeys; ref: string; value: string };

/** What every implementation of `StreamKeys` does. */
export function streamKeysContract(name: string, open: () => Promise<StreamKeysStage>): void {
  describe(`StreamKeys: ${name}`, () => {
    let stage: StreamKeysStage;

    beforeEach(async () => {
      stage = await open();
    });

    it("reads a key, which does not show itself", async () => {
      const secret = await stage.streamKeys.read(stage.ref);
      expect(secret.reveal()).toBe(stage.value);
      expect(`${secret} ${JSON.stringify({ secret })} ${inspect(secret)}`).not.toContain(
        stage.value,
      );
    });

    it("finds no key under another name", async () => {
      await expect(stage.streamKeys.read(`${stage.ref}x`)).rejects.toMatchObject({
        code: "not-found",
      });
    });

    it.each(["/elsewhere/key", "key", "", "arn:aws:ssm:us-west-2:123456789012:parameter/key"])(
      "does not read %j, which is outside the prefix",
      async (ref) => {
        await expect(stage.streamKeys.read(ref)).rejects.toMatchObject({ code: "not-allowed" });
      },
    );
  });
}

export type BindingsStage = { bindings: BindingsSource; expected: Bindings; empty: BindingsSource };

/** What every implementation of `BindingsSource` does. */
export function bindingsContract(name: string, open: () => Promise<BindingsStage>): void {
  describe(`BindingsSource: ${name}`, () => {
    it("tells the site's flow and channels", async () => {
      const { bindings, expected } = await open();
      expect(await bindings.read()).toEqual(expected);
    });

    it("names what is missing", async () => {
      const { empty } = await open();
      await expect(empty.read()).rejects.toMatchObject({ code: "not-configured" });
    });
  });
}

/** What every implementation of `SiteMemoryStore` does. */
export function siteMemoryContract(name: string, open: () => Promise<SiteMemoryStore>): void {
  describe(`SiteMemoryStore: ${name}`, () => {
    const at = new Date("2026-11-22T19:00:00.123Z");
    const stranger = {
      channelId: "1009",
      seenAt: at,
      until: new Date("2026-11-22T23:00:00.000Z"),
      sessionId: "session_stranger_1009_0",
    };

    const full: SiteMemory = {
      flowQuietSince: at,
      strangers: [stranger],
      deadlines: [
        { channelId: "1001", at, sure: true, before: null },
        { channelId: "1002", at, sure: false, before: new Date("2026-11-22T18:00:00.000Z") },
      ],
      flowActiveSince: at,
      sourceLostSince: at,
      sourceLostSeenAt: new Date("2026-11-22T19:08:00.000Z"),
      sourceBitrateBps: 6_000_000.5,
      version: 0,
    };

    it("remembers nothing at first", async () => {
      const store = await open();
      expect(await store.read()).toEqual(emptyMemory);
    });

    it("remembers what was written, one version on", async () => {
      const store = await open();
      await store.write(full);
      expect(await store.read()).toEqual({ ...full, version: 1 });
      await store.write({ ...emptyMemory, version: 1 });
      expect(await store.read()).toEqual({ ...emptyMemory, version: 2 });
    });

    it.each([0, 2])("refuses a writer that read version %i of version 1", async (version) => {
      const store = await open();
      await store.write(full);
      await expect(store.write({ ...emptyMemory, version })).rejects.toMatchObject({
        code: "conflict",
      });
      expect(await store.read()).toEqual({ ...full, version: 1 });
    });
  });
}
