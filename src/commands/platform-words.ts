import type { Destination } from "../domain/destination.ts";
import { platformOf } from "../domain/platforms/index.ts";

/** The words by which a destination may be called after its platform. */
export function platformWords({ platform }: Destination): string[] {
  const known = platformOf(platform);
  const words = known === null ? [] : [known.id, known.name.toLowerCase(), ...known.aliases];
  return [platform.toLowerCase(), ...words];
}
