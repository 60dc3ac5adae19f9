import type { LocalFlow, WorldData } from "../../local/world.ts";

/** The flow of a world that has one. */
export function flowOf({ flow }: Readonly<WorldData>): LocalFlow {
  if (flow === null) throw new Error("this world has no flow");
  return flow;
}
