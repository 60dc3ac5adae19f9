import type { Destination } from "../domain/destination.ts";
import { platforms } from "../domain/platforms/index.ts";

const place = ({ kind }: Destination): number => {
  const index = platforms.findIndex(({ id }) => id === kind);
  return index === -1 ? platforms.length : index;
};

/** The order in which people see destinations: disabled ones last, then by platform, then by name. */
export const inOrder = (destinations: readonly Destination[]): Destination[] =>
  destinations.toSorted(
    (left, right) =>
      Number(right.enabled) - Number(left.enabled) ||
      place(left) - place(right) ||
      left.name.localeCompare(right.name),
  );
