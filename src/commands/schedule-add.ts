import { spoken } from "../domain/duration.ts";
import type { Show } from "../domain/show.ts";
import { parseShow, showWords } from "../domain/show-words.ts";
import { strong, type Text, text } from "../domain/text.ts";
import { OpsError } from "../errors.ts";
import { checkBudget, refuseAlone } from "./budget-check.ts";
import type { CommandContext } from "./command.ts";
import { choices } from "./outcomes.ts";
import { pick } from "./pick.ts";
import type { Reply } from "./reply.ts";
import { budgetWarnings, showPrices } from "./show-forecast.ts";
import { clockLines, linesOfShow, type ShowLook } from "./show-lines.ts";
import { refuseSecrets } from "./words.ts";

/** Plans a show from its words, and says when it comes, what it costs, and what the clocks do to it. */
export async function addShow(words: string, context: CommandContext): Promise<Reply> {
  const { policy, now, asker } = context;
  refuseSecrets(words);
  const { show: planned, destinations: named } = parseShow(words, {
    zone: policy.zone,
    maxMinutes: policy.maxLeaseMinutes,
    now,
  });
  const destinations = await context.destinations();
  const picked = pick(named, destinations);
  if (picked.kind === "unclear")
    return choices(picked, (names) => `schedule add ${showWords(planned, [names])}`);
  const wanted = picked.all
    ? picked.destinations.filter(({ enabled }) => enabled)
    : picked.destinations;
  if (wanted.length === 0) throw nothingEnabled();
  const destinationIds = wanted.map(({ id }) => id);
  const wished = { ...planned, destinationIds, owner: asker };
  const unplanned = { ...wished, id: "show_planned", skipped: [], createdAt: now };
  refuseAlone(await checkBudget(context), unplanned, context);
  const costUsd = (await showPrices(context.costs))(wished);
  const warnings = await budgetWarnings(unplanned, context, costUsd);
  const show = await context.shows.add(wished);
  return planLines({ show, destinations, costUsd, now }, warnings);
}

const nothingEnabled = (): OpsError =>
  new OpsError("invalid-input", "No destination is enabled.", {
    hint: 'Name one: `/stream schedule add "Sunday service" sundays 10:00 for 90m youtube`.',
  });

function planLines(look: ShowLook, warnings: readonly Text[]): Reply {
  const { show, now } = look;
  const lines: Text[] = [
    text`${strong(show.name)} is planned.`,
    ...linesOfShow(look),
    ...clockLines(show, now),
    ...warnings,
    text`It may start ${spoken(show.lateMinutes * 60)} late; after that it is left out, and you are told.`,
  ];
  return { kind: "lines", lines, buttons: [removeButton(show)] };
}

const removeButton = ({ id, name }: Show) => ({
  label: "Remove it again",
  command: `schedule remove ${id}`,
  confirm: {
    title: "Remove this show?",
    text: text`${strong(name)} is planned no more.`,
    yes: "Remove",
  },
});
