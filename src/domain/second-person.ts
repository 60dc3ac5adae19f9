import { addMinutes } from "date-fns/addMinutes";
import type { KeptAnnouncement } from "./announcement.ts";
import { isExpired, requestMinutes, type StartRequest } from "./start-request.ts";
import { closing, type Telling } from "./telling.ts";
import { strong, type Text, text } from "./text.ts";

/** What a request that nobody agreed to says from then on; `names` are its destinations. */
export const overWords = ({ by }: StartRequest, names: string): Text =>
  text`${by.name} wanted to start ${strong(names)}; nobody agreed in time, and nothing was started.`;

type RequestFacts = {
  requests: readonly StartRequest[];
  live: readonly KeptAnnouncement[];
  destinations: readonly { id: string; name: string }[];
  now: Date;
};

const answered: Text = ["This question has been answered or is over."];

/** Whoever answered it died before it was closed: so long after it was asked nobody is about to. */
const isLeftOpen = ({ at }: KeptAnnouncement, now: Date): boolean =>
  now >= addMinutes(at, requestMinutes);

/** Closes the questions to a second person that stand too long. */
export function closeRequests({ requests, live, destinations, now }: RequestFacts): Telling {
  const open = live.filter((each) => each.open && each.key.startsWith("second_"));
  return {
    say: [],
    amend: open.flatMap((read) => {
      const request = requests.find(({ id }) => id === read.key);
      if (request === undefined) return isLeftOpen(read, now) ? [closing(read, [answered])] : [];
      const names = destinations.filter(({ id }) => request.destinationIds.includes(id));
      const words = names.map(({ name }) => name).join(", ");
      return isExpired(request, now) ? [closing(read, [overWords(request, words)])] : [];
    }),
  };
}
