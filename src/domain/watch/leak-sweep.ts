import { type Announcement, type KeptAnnouncement, saying, siteMessage } from "../announcement.ts";
import { type IgnoredLeaks, isIgnored } from "../ignored-leaks.ts";
import { sumUsd, usdWords } from "../money.ts";
import { closing, openOf, type Telling } from "../telling.ts";
import type { Button } from "../text.ts";
import { addDaysTo, wallDate } from "../wall-time.ts";
import { type Leak, leakLine } from "./leak.ts";

export type SweepFacts = {
  leaks: readonly Leak[];
  ignored: IgnoredLeaks;
  live: readonly KeptAnnouncement[];
  zone: string;
  now: Date;
};

const prefix = "leaks.";
const ignoreDays = 30;

/** Tells once a day of the site's calendar what is billed for nobody; a day's list ends the one before. */
export function tellLeaks({ leaks, ignored, live, zone, now }: SweepFacts): Telling {
  const today = wallDate(now, zone);
  const key = `${prefix}${today}`;
  const told = leaks.filter(({ what }) => !isIgnored(ignored, what, today));
  const old = openOf(live, prefix).filter((each) => each.key !== key);
  const amend = old.map((each) => closing(each, each.content.lines));
  return { say: told.length === 0 ? [] : [listOf(told, { key, at: now, today })], amend };
}

function listOf(
  leaks: readonly Leak[],
  { key, at, today }: { key: string; at: Date; today: string },
): Announcement {
  const total = usdWords(sumUsd(leaks.map(({ usdPerDay }) => usdPerDay)));
  const until = addDaysTo(today, ignoreDays);
  return siteMessage({
    key,
    at,
    open: true,
    content: saying(
      [[`Billed although nobody asked for it: about ${total} a day.`], ...leaks.map(leakLine)],
      leaks.flatMap((leak) => [...leak.buttons, ignoreOffer(leak, until)]),
    ),
  });
}

const ignoreOffer = ({ what, name }: Leak, until: string): Button => ({
  label: `Ignore ${name} until ${until}`,
  command: `ignore ${what} until ${until}`,
});
