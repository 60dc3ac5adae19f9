import { actionsOf } from "./checks/granted.ts";
import { toTheWorld } from "./coverage.ts";
import { mixFor, sideOf } from "./faults.ts";
import { type FaultKind, faultKinds } from "./options.ts";

const slackKinds: readonly FaultKind[] = ["outage-slack", "slack-lost", "slack-limited"];

/** What may happen to which operation; what happens to none is what becomes of the world, its processes and their ticks. */
export function possiblePairs(): ReadonlyMap<string, readonly FaultKind[]> {
  const pairs = new Map<string, readonly FaultKind[]>();
  for (const operation of Object.keys(actionsOf)) {
    const [port = "", method = ""] = operation.split(".");
    pairs.set(operation, [...new Set([...mixFor(port, method), outageOf(port)])]);
  }
  const alsoMeets = (operation: string, kind: FaultKind) =>
    pairs.set(operation, [...(pairs.get(operation) ?? []), kind]);
  alsoMeets("channels.start", "start-slow");
  alsoMeets("channels.setOutput", "update-fails");
  for (const method of ["post", "update", "share", "history", "replies"])
    pairs.set(`slack.${method}`, slackKinds);
  const met = new Set([...pairs.values()].flat());
  const others = faultKinds.filter((kind) => !met.has(kind) || kind.startsWith("outage-"));
  return pairs.set(toTheWorld, others);
}

const outageOf = (port: string): FaultKind => `outage-${sideOf(port)}`;
