import type { Text } from "../../commands/reply.ts";
import type { SourceReading } from "../../domain/source.ts";
import type { SiteView } from "../../domain/view.ts";

/** What arrives: "connected · 7.9 Mb/s · RTT 32 ms · loss 0.0 %". A flow at rest has nothing to measure. */
export const sourceText = ({ source, flow }: SiteView): Text =>
  source.connected === null && (flow === "standby" || flow === "starting")
    ? ["unknown until the flow is active"]
    : [sourceWords(source)];

/** Whether it is carried on. */
export const flowText = ({ flow }: SiteView): Text => [flowWords[flow]];

function sourceWords({ connected, bitrateBps, rttMs, lossPercent }: SourceReading): string {
  if (connected === null) return "unknown";
  if (!connected) return "no signal";
  const figures = [
    bitrateBps === null ? null : `${(bitrateBps / 1_000_000).toFixed(1)} Mb/s`,
    rttMs === null ? null : `RTT ${Math.round(rttMs)} ms`,
    lossPercent === null ? null : `loss ${lossPercent.toFixed(1)} %`,
  ];
  return ["connected", ...figures.filter((figure) => figure !== null)].join(" · ");
}

const flowWords: Record<SiteView["flow"], string> = {
  standby: "on standby",
  starting: "starting",
  active: "active",
  updating: "active, updating",
  stopping: "stopping",
  deleting: "being deleted in AWS",
  error: "in error in AWS",
  unknown: "unknown",
  "not-configured": "not configured",
  unreadable: "unknown: AWS cannot be read at present",
};
