/** What one folder or file may import: from the project (by longest prefix) and from npm and Node. */
export type Row = { of: string; project: readonly string[]; npm: readonly string[] };

const domain = "src/domain";
const errors = "src/errors.ts";
const ports = "src/manager/ports.ts";

/** Which way arrows point; anything that is not listed is refused. docs/decisions/0002-directions.md says why. */
export const directions: readonly Row[] = [
  { of: domain, project: [errors], npm: ["date-fns", "@date-fns/tz", "zod"] },
  {
    of: "src/domain/cost",
    project: [domain, errors],
    npm: ["date-fns", "@date-fns/tz", "zod"],
  },
  { of: "src/domain/watch", project: [domain, errors], npm: ["date-fns"] },
  { of: "src/domain/platforms", project: [domain], npm: [] },
  { of: "src/manager", project: [domain, errors], npm: ["date-fns"] },
  { of: "src/commands", project: ["src/manager", domain, errors], npm: ["zod", "date-fns"] },
  { of: "src/jobs", project: ["src/manager", domain, errors], npm: ["date-fns"] },
  {
    of: "src/bot",
    project: ["src/commands", "src/manager", domain, errors],
    npm: ["@slack/*", "zod", "node:crypto", "node:http", "date-fns", "@date-fns/tz"],
  },
  { of: "src/api", project: ["src/manager", domain, errors], npm: ["hono", "zod", "node:crypto"] },
  { of: "src/aws", project: [ports, domain, errors], npm: ["@aws-sdk/*", "zod", "date-fns"] },
  { of: errors, project: [], npm: [] },
  { of: "src/clock.ts", project: [ports], npm: [] },
  { of: "src/ids.ts", project: [ports], npm: ["node:crypto"] },
  { of: "src/log.ts", project: [ports], npm: [] },
  { of: "src/one-at-a-time.ts", project: [], npm: [] },
  { of: "src/after-hints.ts", project: [ports, "src/one-at-a-time.ts"], npm: [] },
  { of: "src/door.ts", project: ["src/log.ts"], npm: ["node:events"] },
  { of: "src/price-file.ts", project: [domain, errors], npm: ["node:fs/promises"] },
  {
    of: "src/prices.ts",
    project: ["src/aws", "src/config.ts", domain, errors, "src/log.ts", "src/price-file.ts"],
    npm: ["node:fs/promises", "node:util"],
  },
  {
    of: "src/aws-options.ts",
    project: [ports, "src/aws", "src/config.ts"],
    npm: [],
  },
  { of: "src/config.ts", project: [domain, errors, "src/log.ts"], npm: ["zod"] },
  {
    of: "src/app.ts",
    project: [
      "src/api",
      "src/bot",
      "src/commands",
      "src/jobs",
      "src/manager",
      domain,
      errors,
      "src/config.ts",
    ],
    npm: ["hono"],
  },
  {
    of: "src/daemon.ts",
    project: [
      "src/after-hints.ts",
      "src/app.ts",
      "src/aws",
      "src/aws-options.ts",
      "src/clock.ts",
      "src/config.ts",
      domain,
      errors,
      "src/ids.ts",
      "src/log.ts",
      "src/one-at-a-time.ts",
      "src/price-file.ts",
      "src/server.ts",
    ],
    npm: ["node-cron"],
  },
  {
    of: "src/server.ts",
    project: ["src/bot", errors],
    npm: ["@hono/node-server", "node:events", "node:http"],
  },
  {
    of: "src/main.ts",
    project: ["src/config.ts", "src/daemon.ts", "src/door.ts", errors, "src/log.ts"],
    npm: [],
  },
  {
    of: "src/start.ts",
    project: [
      "local/environment.ts",
      "local/main.ts",
      "src/clock.ts",
      "src/config.ts",
      "src/daemon.ts",
      "src/door.ts",
      errors,
      "src/log.ts",
      "src/stand-ins.ts",
    ],
    npm: ["node:*"],
  },
  {
    of: "src/stand-ins.ts",
    project: ["src/clock.ts", "src/config.ts", "src/daemon.ts"],
    npm: ["zod"],
  },
  {
    of: "infra",
    project: [
      "src/aws",
      domain,
      errors,
      ports,
      "src/clock.ts",
      "src/config.ts",
      "src/door.ts",
      "src/ids.ts",
      "src/log.ts",
      "src/price-file.ts",
    ],
    npm: ["@aws-sdk/*", "yaml", "zod", "node:*"],
  },
  { of: "local", project: ["local"], npm: ["hono", "@hono/node-server", "zod", "node:*"] },
  {
    of: "local/aws",
    project: ["local/world.ts", "local/saved.ts", "local/timers.ts"],
    npm: ["hono", "@hono/node-server", "dynalite", "yaml", "zod", "@date-fns/tz", "node:*"],
  },
  {
    of: "local/slack",
    project: ["local/world.ts", "local/saved.ts", "local/timers.ts", "local/other-sites.ts"],
    npm: ["hono", "ws", "zod", "@date-fns/tz", "node:*"],
  },
  { of: "local/media", project: ["local/world.ts"], npm: ["node-media-server", "zod", "node:*"] },
];
