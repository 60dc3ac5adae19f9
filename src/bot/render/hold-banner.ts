import { perHour } from "../../domain/price-words.ts";
import { strong, type Text, text } from "../../domain/text.ts";
import type { DestinationView } from "../../domain/view.ts";
import { type Block, section } from "./blocks.ts";
import { toButton } from "./button.ts";
import { releaseButton } from "./destination-buttons.ts";
import { perHourUsd } from "./money.ts";
import { inOneLine } from "./stage-text.ts";
import { type Moment, toMrkdwn } from "./text.ts";

/** The rows tell of every hold; more banners than these would push the rows out. */
const mostBanners = 3;

/** Which destinations no rule may stop, by whom, why and at what price, with the way out of it. */
export const holdBanners = (
  destinations: readonly DestinationView[],
  moment: Moment,
  controls: boolean,
): Block[] =>
  destinations
    .flatMap((each) => (each.hold === null ? [] : [{ held: each, hold: each.hold }]))
    .slice(0, mostBanners)
    .map(({ held, hold }, index) => {
      const button = controls ? toButton(releaseButton(held), `release:${index}`, moment) : null;
      return section(toMrkdwn(bannerText(held, hold), moment, 600), button ?? undefined);
    });

function bannerText(held: DestinationView, hold: NonNullable<DestinationView["hold"]>): Text {
  const { until, by, reason } = hold;
  const who = by === null ? [] : [`by ${by.name} `];
  const usd = perHourUsd([held]);
  const banner: Text = [
    ...text`${strong(held.name)} held `,
    ...who,
    ...text`until ${until}`,
    ...(reason === null ? [] : [`: ${reason}`]),
  ];
  return inOneLine([banner, usd === null ? [] : [`costs ${perHour(usd)}`]]);
}
