import { readFile } from "node:fs/promises";
import { type Price, parsePrices } from "./domain/cost/prices.ts";
import { isOpsError, OpsError } from "./errors.ts";

/** The prices in a JSON file. Throws `not-configured` that names the file, the line and the field. */
export async function readPriceFile(path: string): Promise<readonly Price[]> {
  const words = await readFile(path, "utf8").catch((error: unknown) => {
    throw problem(path, "it cannot be read", error);
  });
  try {
    return parsePrices(JSON.parse(words));
  } catch (error) {
    if (isOpsError(error)) throw problem(path, error.message, error);
    throw problem(path, "it is not JSON", error);
  }
}

const problem = (path: string, what: string, cause: unknown) =>
  new OpsError("not-configured", `The price file ${path} (PATCHBAY_PRICES): ${what}`, {
    hint: "npm run prices -- refresh --out prices.json writes one.",
    cause,
  });
