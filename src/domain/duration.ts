import { differenceInSeconds } from "date-fns/differenceInSeconds";

/** A length of time as people say it: "12 s", "5 min", "1 h 5 min", "3 d 2 h"; negative ones count as nothing. */
export function spoken(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 24
    ? joined([hours, "h"], [minutes % 60, "min"])
    : joined([Math.floor(hours / 24), "d"], [hours % 24, "h"]);
}

const joined = (big: [number, string], small: [number, string]): string =>
  small[0] === 0 ? big.join(" ") : `${big.join(" ")} ${small.join(" ")}`;

/** How long ago an instant is, as people say it. */
export const ago = (at: Date, now: Date): string => `${spoken(differenceInSeconds(now, at))} ago`;
