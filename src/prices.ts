import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { createAwsClients } from "./aws/clients.ts";
import { fetchPrices } from "./aws/pricing.ts";
import { type Config, parseConfig, processEnvironment, siteRegion } from "./config.ts";
import { listPrices } from "./domain/cost/list-prices.ts";
import { createPriceTable, type PriceTable } from "./domain/cost/price-table.ts";
import type { Price } from "./domain/cost/prices.ts";
import { keptWords, refreshed } from "./domain/cost/refreshed.ts";
import { OpsError } from "./errors.ts";
import { say } from "./log.ts";
import { readPriceFile } from "./price-file.ts";

/** `npm run prices -- show` tells the prices of the site; `refresh` reads the Price List of its region into a file. */
async function run(): Promise<void> {
  const { positionals, values } = readArguments();
  const config = parseConfig(processEnvironment());
  const [verb] = positionals;
  if (verb === "show") return show(config);
  if (verb === "refresh") return refresh(config, values.out);
  throw unknownWords();
}

function readArguments() {
  try {
    return parseArgs({ allowPositionals: true, options: { out: { type: "string" } } });
  } catch {
    throw unknownWords();
  }
}

const unknownWords = () => new OpsError("invalid-input", "Say show, or refresh --out prices.json.");

const readOwn = ({ PATCHBAY_PRICES: path }: Config): Promise<readonly Price[]> =>
  path ? readPriceFile(path) : Promise.resolve([]);

const tableOf = (config: Config, overrides: readonly Price[]): PriceTable =>
  createPriceTable({ prices: listPrices, region: siteRegion(config), overrides });

async function show(config: Config): Promise<void> {
  const { lines } = tableOf(config, await readOwn(config));
  for (const { id, usd, unit, region, asOf, confidence } of lines)
    say([id.padEnd(44), `$${usd} per ${unit}`.padEnd(26), region, asOf, confidence].join("  "));
}

/** Fails when something that is metered was not in the answer, after all that was has been written. */
async function refresh(config: Config, out: string | undefined): Promise<void> {
  // A file that cannot be read is no reason against writing a better one.
  const own = await readOwn(config).catch((error: unknown) => {
    if (!(error instanceof OpsError)) throw error;
    warn(`${error.message}, so nothing of it is kept.`);
    return [];
  });
  const before = tableOf(config, own);
  const { prices, kept } = refreshed(await fetchAll(before.region), before);
  const words = `[\n${prices.map((price) => `  ${JSON.stringify(price)}`).join(",\n")}\n]`;
  if (out === undefined) say(words);
  else {
    await writeFile(out, `${words}\n`);
    const news = `${prices.length - kept.length} prices of ${before.region} are in ${out}`;
    say(`${news}; set PATCHBAY_PRICES=${out} to use them.`);
  }
  for (const price of kept) warn(keptWords(price));
  if (kept.length > 0) process.exitCode = 1;
}

/** Beside the prices, which may go into a file. */
const warn = (line: string): void => void process.stderr.write(`${line}\n`);

async function fetchAll(region: string): Promise<readonly Price[]> {
  const clients = createAwsClients();
  try {
    const prices = await fetchPrices(clients.pricing, region);
    if (prices.length > 0) return prices;
    throw new OpsError("not-found", `The Price List has no prices for ${region}.`);
  } finally {
    clients.close();
  }
}

await run().catch((error: unknown) => {
  say(error instanceof Error ? error.message : "Something went wrong.");
  process.exitCode = 1;
});
