import type { Problem } from "../members.ts";
import type { Failover } from "./members.ts";

type Source = { name: string; protocol?: unknown; ingestPort?: unknown };

/** Two sources at most, of one protocol and on two ports; SRT can fail over, not merge (MediaConnect user guide). */
export function failoverProblems(sources: readonly Source[], failover: Failover = {}): Problem[] {
  const protocols = new Set(sources.map(({ protocol }) => protocol));
  const ports = new Set(sources.map(({ ingestPort }) => ingestPort));
  const names = new Set(sources.map(({ name }) => name));
  const isOn = failover.state === "ENABLED";
  const primary = failover.sourcePriority?.primarySource;
  const wrong: [boolean, path: string, message: string][] = [
    [sources.length > 2, "/sources", "may be two at most"],
    [sources.length > 1 && !isOn, "/sourceFailoverConfig/state", "must be ENABLED for two sources"],
    [protocols.size > 1, "/sources", "must have the same protocol"],
    [ports.size < sources.length, "/sources", "must have different ingest ports"],
    [names.size < sources.length, "/sources", "must have different names"],
    [
      isOn && failover.failoverMode === "MERGE" && protocols.has("srt-listener"),
      "/sourceFailoverConfig/failoverMode",
      "must be FAILOVER for SRT",
    ],
    [
      primary !== undefined && !names.has(primary),
      "/sourceFailoverConfig/sourcePriority/primarySource",
      "names no source of this flow",
    ],
  ];
  return wrong.flatMap(([isWrong, elementPath, errorMessage]) =>
    isWrong ? { elementPath, errorMessage } : [],
  );
}
