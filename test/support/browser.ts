import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";
import { describe } from "vitest";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const isMissing = !existsSync(executablePath);
const mayMiss = !process.env.PATCHBAY_FULL;
const cure = `Install Chromium (apt-get install chromium) or point CHROMIUM at it; looked at ${executablePath}.`;

/** A busy machine may take its time with a browser. */
const timeout = 20_000;

/** `describe` for suites that need a browser: skipped without Chromium, unless PATCHBAY_FULL demands every suite. */
export function describeInBrowser(name: string, suite: () => void): void {
  describe.skipIf(isMissing && mayMiss)(name, { timeout }, suite);
}

if (isMissing && mayMiss) process.stderr.write(`Browser suites are skipped. ${cure}\n`);

/** A real headless Chromium that never looks beyond loopback; close it, or hold it with `await using`. */
export async function aBrowser(): Promise<Browser> {
  if (isMissing) throw new Error(cure);
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
