import { spoken } from "../../domain/duration.ts";

const seconds = (from: Date, to: Date): number =>
  Math.max(0, Math.floor((to.getTime() - from.getTime()) / 1000));

/** How long something has run, in whole minutes. */
export function inMinutes(from: Date, to: Date): string {
  const passed = seconds(from, to);
  return passed < 60 ? "a moment" : spoken(passed - (passed % 60));
}

/** How long something has taken, as a stop-watch that moves every ten seconds: "1:10". */
export function inTens(from: Date, to: Date): string {
  const passed = seconds(from, to);
  const tens = passed - (passed % 10);
  return `${Math.floor(tens / 60)}:${String(tens % 60).padStart(2, "0")}`;
}

/** How long something took, to the second: "1 min 10 s". */
export const exactly = (from: Date, to: Date): string => minutesAndSeconds(seconds(from, to));

/** How long something takes as a rule, in tens of seconds: "1 min 20 s". */
export const roughly = (usualSeconds: number): string =>
  minutesAndSeconds(10 * Math.max(1, Math.ceil(usualSeconds / 10)));

function minutesAndSeconds(passed: number): string {
  const rest = passed % 60;
  if (passed < 60 || passed >= 3_600 || rest === 0) return spoken(passed);
  return `${Math.floor(passed / 60)} min ${rest} s`;
}
