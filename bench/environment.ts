import { cpus, loadavg } from "node:os";

/** What figures depend on; ratios depend on it less. */
export const environment = () => ({
  node: process.version,
  cpu: cpus()[0]?.model ?? "unknown",
  cores: cpus().length,
  load: loadavg().map((each) => Math.round(each * 10) / 10),
});

/** The value below which this part of the figures lies. */
export function quantile(figures: readonly number[], part: number): number {
  const sorted = figures.toSorted((left, right) => left - right);
  const found = sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0;
  return Math.round(found * 100) / 100;
}
