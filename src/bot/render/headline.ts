import type { DestinationView, SiteView, Stage } from "../../domain/view.ts";

/** The site in a few words, for the header: "On air · 3 of 5". */
export function headline({ destinations }: SiteView): string {
  const usable = destinations.filter(({ stage }) => stage !== "disabled" && stage !== "no-channel");
  const inStage = (stage: Stage) => usable.filter((each) => each.stage === stage);
  const of = (found: readonly DestinationView[]) => `${found.length} of ${usable.length}`;
  const names = (found: readonly DestinationView[]) => found.map(({ name }) => name).join(", ");

  const onAir = inStage("on-air");
  if (onAir.length > 0) return `On air · ${of(onAir)}`;
  const running = inStage("running");
  if (running.length > 0) return `Running, not on air · ${of(running)}`;
  const starting = inStage("starting");
  if (starting.length > 0) return `Starting · ${names(starting)}`;
  const stopping = inStage("stopping");
  if (stopping.length > 0) return `Stopping · ${names(stopping)}`;
  const unknown = inStage("unknown");
  if (unknown.length > 0) return `State unknown · ${of(unknown)}`;
  return destinations.length === 0 ? "No destinations yet" : "All off";
}
