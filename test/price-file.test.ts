import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { listPrices } from "../src/domain/cost/list-prices.ts";
import { readPriceFile } from "../src/price-file.ts";

async function aFile(words: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "patchbay-prices-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, "prices.json");
  await writeFile(path, words);
  return path;
}

describe("a price file", () => {
  it("is read as it was written", async () => {
    const path = await aFile(JSON.stringify(listPrices));
    expect(await readPriceFile(path)).toEqual(listPrices);
  });

  it("names itself, the line and the field that is wrong", async () => {
    const [first] = listPrices;
    const path = await aFile(JSON.stringify([first, { ...first, id: "a.b", usd: "free" }]));
    await expect(readPriceFile(path)).rejects.toMatchObject({
      code: "not-configured",
      message: expect.stringMatching(/prices\.json \(PATCHBAY_PRICES\): .*line 1 \(a\.b\): usd/),
    });
  });

  it.each([
    ["is not JSON", "{", "it is not JSON"],
    ["has no list", "{}", "the table"],
  ])("that %s is refused", async (_what, words, problem) => {
    await expect(readPriceFile(await aFile(words))).rejects.toMatchObject({
      code: "not-configured",
      message: expect.stringContaining(problem),
    });
  });

  it("that is missing is refused by name", async () => {
    await expect(readPriceFile("no/such/file.json")).rejects.toMatchObject({
      code: "not-configured",
      message: expect.stringContaining("no/such/file.json (PATCHBAY_PRICES): it cannot be read"),
    });
  });
});
