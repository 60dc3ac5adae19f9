import type { Text } from "../../domain/text.ts";
import type { SiteView } from "../../domain/view.ts";
import { inOneLine } from "./stage-text.ts";

/** Whether something arrives. A flow at rest has nothing to measure. */
export function sourceText({ source, flow }: SiteView): Text {
  if (source.connected !== null) return [source.connected ? "connected" : "no signal"];
  return [
    flow === "standby" || flow === "starting" ? "unknown until the flow is active" : "unknown",
  ];
}

/** What was measured of it: "7.9 Mb/s · RTT 32 ms · loss 0.0 %"; nothing when nobody measured. */
export function figuresText({ source: { bitrateBps, rttMs, lossPercent } }: SiteView): Text {
  return inOneLine([
    bitrateBps === null ? [] : [`${(bitrateBps / 1_000_000).toFixed(1)} Mb/s`],
    rttMs === null ? [] : [`RTT ${Math.round(rttMs)} ms`],
    lossPercent === null ? [] : [`loss ${lossPercent.toFixed(1)} %`],
  ]);
}

/** Whether it is carried on. */
export const flowText = ({ flow }: SiteView): Text => [flowWords[flow]];

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
