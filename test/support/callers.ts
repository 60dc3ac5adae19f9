import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";

const patterns = z.array(z.record(z.string(), z.unknown()));
const stream = z.object({ stream: z.object({ arn: z.unknown(), filterPatterns: patterns }) });
const event = z.object({ eventBridge: z.object({ pattern: patterns.element }) });
const service = z.object({
  functions: z.object({ work: z.object({ events: z.array(z.union([stream, event])) }) }),
});

/** What serverless.yml says calls `work`, as the local world takes it; `site` is the site's name. */
export function callersOfWork(site = "main") {
  const file = join(import.meta.dirname, "../../serverless.yml");
  // biome-ignore lint/suspicious/noTemplateCurlyInString: osls spells its variables so.
  const text = readFileSync(file, "utf8").replaceAll("${param:site}", site);
  const { events } = service.parse(parse(text, { merge: true })).functions.work;
  return {
    streams: events.flatMap((each) =>
      "stream" in each
        ? [{ table: tableOf(each.stream.arn), filters: each.stream.filterPatterns }]
        : [],
    ),
    events: events.flatMap((each) => ("eventBridge" in each ? [each.eventBridge.pattern] : [])),
  };
}

const tableOf = (arn: unknown) =>
  JSON.stringify(arn).includes("ops-table") ? "patchbay-ops" : "lunora-destinations";
