import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { createAwsClients } from "./aws/clients.ts";
import { fetchPrices } from "./aws/pricing.ts";
import { type Config, parseConfig, processEnvironment, siteRegion } from "./config.ts";
import { listPrices } from "./domain/cost/list-prices.ts";
import { createPriceTable } from "./domain/cost/price-table.ts";
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

async function show(config: Config): Promise<void> {
  const overrides = config.PATCHBAY_PRICES ? await readPriceFile(config.PATCHBAY_PRICES) : [];
  const table = createPriceTable({ prices: listPrices, region: siteRegion(config), overrides });
  for (const { id, usd, unit, region, asOf, confidence } of table.lines)
    say([id.padEnd(44), `$${usd} per ${unit}`.padEnd(26), region, asOf, confidence].join("  "));
}

async function refresh(config: Config, out: string | undefined): Promise<void> {
  const region = siteRegion(config);
  const clients = createAwsClients();
  try {
    const prices = await fetchPrices(clients.pricing, region);
    if (prices.length === 0)
      throw new OpsError("not-found", `The Price List has no prices for ${region}.`);
    const words = `[\n${prices.map((price) => `  ${JSON.stringify(price)}`).join(",\n")}\n]\n`;
    if (out === undefined) return say(words.trimEnd());
    await writeFile(out, words);
    say(
      `${prices.length} prices of ${region} are in ${out}; set PATCHBAY_PRICES=${out} to use them.`,
    );
  } finally {
    clients.close();
  }
}

await run().catch((error: unknown) => {
  say(error instanceof Error ? error.message : "Something went wrong.");
  process.exitCode = 1;
});
