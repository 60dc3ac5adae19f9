import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    setupFiles: ["test/support/setup.ts"],
    env: { TZ: "UTC" },
    restoreMocks: true,
    unstubEnvs: true,
    sequence: { shuffle: true },
    expect: { requireAssertions: true },
    testTimeout: 5_000,
    // Many files wait more than they work, so that a machine with two cores takes two at a time.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    coverage: {
      include: ["src/**/*.ts"],
      thresholds: { "src/{domain,manager}/**": { lines: 90 } },
    },
  },
});
