import type { SiteView } from "../../domain/view.ts";
import type { Message } from "./blocks.ts";
import type { LeaseRule } from "./destination-buttons.ts";
import { messageRoom } from "./fit.ts";
import { toSiteMessage } from "./site.ts";
import { toSummary } from "./summary.ts";

/** The live card: the site with its buttons while the broadcast lasts, and its summary afterwards. */
export function toCard(view: SiteView, rule: LeaseRule): Message {
  const { broadcast } = view;
  if (broadcast !== null && broadcast.endedAt !== null)
    return toSummary(view, { ...broadcast, endedAt: broadcast.endedAt });
  const destinations = view.destinations.filter(({ stage }) => stage !== "disabled");
  const look = { only: null, controls: true, controlsForAll: false, advice: null };
  return toSiteMessage({ ...view, destinations }, look, { ...rule, room: messageRoom });
}
