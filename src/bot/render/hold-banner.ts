import { perHour } from "../../domain/price-words.ts";
import { strong, type Text, text } from "../../domain/text.ts";
import type { DestinationView } from "../../domain/view.ts";
import { isAnswerToLoss } from "../../domain/watch/last-call.ts";
import { type Block, section } from "./blocks.ts";
import { toButton } from "./button.ts";
import { releaseButton } from "./destination-buttons.ts";
import { perHourUsd } from "./money.ts";
import { inOneLine } from "./stage-text.ts";
import { type Moment, toMrkdwn } from "./text.ts";

type Hold = NonNullable<DestinationView["hold"]>;

/** The rows tell of every hold; more banners than these would push the rows out. */
const mostBanners = 3;

/** Which destinations no rule may stop, by whom, why and at what price, with the way out of it. */
export const holdBanners = (
  destinations: readonly DestinationView[],
  moment: Moment,
  { controls, sourceIsThere }: { controls: boolean; sourceIsThere: boolean },
): Block[] =>
  heldTogether(destinations)
    .slice(0, mostBanners)
    .map(({ held, hold }, index) => {
      const needless = sourceIsThere && isAnswerToLoss(hold.reason);
      const offered = controls || needless;
      const button = offered ? toButton(releaseButton(held), `release:${index}`, moment) : null;
      const words = toMrkdwn(bannerText(held, hold, needless), moment, 600);
      return section(words, button ?? undefined);
    });

type HeldTogether = { hold: Hold; held: [DestinationView, ...DestinationView[]] };

/** What one person holds until one end, and why, is one hold to people, however many it is for. */
function heldTogether(destinations: readonly DestinationView[]): HeldTogether[] {
  const found = new Map<string, HeldTogether>();
  for (const each of destinations) {
    const { hold } = each;
    if (hold === null) continue;
    const key = JSON.stringify([hold.by?.id ?? null, hold.until, hold.reason]);
    const known = found.get(key);
    if (known === undefined) found.set(key, { hold, held: [each] });
    else known.held.push(each);
  }
  return [...found.values()];
}

function bannerText(held: readonly DestinationView[], hold: Hold, needless: boolean): Text {
  const { until, by, reason } = hold;
  const who = by === null ? [] : [`by ${by.name} `];
  const usd = perHourUsd(held);
  const banner: Text = [
    strong(held.map(({ name }) => name).join(", ")),
    " held ",
    ...who,
    ...text`until ${until}`,
    ...(reason === null ? [] : [`: ${reason}`]),
  ];
  const back: Text = needless ? ["the source is back"] : [];
  return inOneLine([banner, back, usd === null ? [] : [`costs ${perHour(usd)}`]]);
}
