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
    coverage: {
      include: ["src/**/*.ts"],
      thresholds: { "src/{domain,manager}/**": { lines: 90 } },
    },
  },
});
