import type { Weekday } from "./show.ts";

const names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const all: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];
const groups = new Map<string, readonly Weekday[]>([
  ...["day", "days", "daily", "everyday"].map((word) => [word, all] as const),
  ...["weekday", "weekdays"].map((word) => [word, all.slice(0, 5)] as const),
  ...["weekend", "weekends"].map((word) => [word, all.slice(5)] as const),
]);

/** The days meant by one word: `sundays`, `Wed`, `mon-fri`, `weekdays`, `daily`; null for what is none. */
export function weekdaysIn(typed: string): readonly Weekday[] | null {
  const word = typed.toLowerCase();
  const [from = "", to, ...more] = word.split("-");
  const first = dayIn(from);
  if (to === undefined) return groups.get(word) ?? (first === null ? null : [first]);
  const last = dayIn(to);
  if (first === null || last === null || more.length > 0) return null;
  const count = ((last - first + 7) % 7) + 1;
  return [...all, ...all].slice(first - 1, first - 1 + count);
}

function dayIn(word: string): Weekday | null {
  const one = word.replace(/s$/, "");
  const fits = (name: string) => one.length >= 3 && name.toLowerCase().startsWith(one);
  return all.find((day) => fits(names[day - 1] ?? "")) ?? null;
}

/** Days as they can be typed: "mon,wed,fri". */
export const typedDays = (days: readonly Weekday[]): string =>
  days.map((day) => names[day - 1]?.slice(0, 3).toLowerCase()).join(",");

/** Days as people say them: "Sundays", "Mondays and Fridays", "every day". */
export function spokenDays(days: readonly Weekday[]): string {
  if (days.length === 7) return "every day";
  if (typedDays(days) === "mon,tue,wed,thu,fri") return "weekdays";
  const said = days.map((day) => `${names[day - 1]}s`);
  return said.length < 2 ? said.join("") : `${said.slice(0, -1).join(", ")} and ${said.at(-1)}`;
}
