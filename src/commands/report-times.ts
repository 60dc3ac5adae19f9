import {
  type ReportKind,
  reportKinds,
  reportName,
  reportWords,
  type Settings,
} from "../domain/settings.ts";
import { code, type Text, text } from "../domain/text.ts";
import { OpsError } from "../errors.ts";
import type { CommandContext } from "./command.ts";
import type { Reply } from "./reply.ts";

/** A report, and whether it is to come by itself; null where the words do not say. */
type Asked = { kind: ReportKind; comes: boolean | null };

/** What `daily off` asks for; null for words that are not about a kind of report. */
export function askedReport(words: string): Asked | null {
  const [name, ...rest] = words.toLowerCase().split(" ");
  const kind = reportKinds.find((each) => reportName[each] === name);
  if (kind === undefined) return null;
  const word = rest.join(" ");
  return { kind, comes: word === "on" || word === "off" ? word === "on" : null };
}

/** Says whether the reports of a kind come by themselves. Throws `invalid-input` where the words do not say. */
export async function setReport(
  { kind, comes }: Asked,
  { settings, asker }: CommandContext,
): Promise<Reply> {
  const name = reportName[kind];
  if (comes === null)
    throw new OpsError("invalid-input", `Shall the ${name} report come by itself?`, {
      hint: `Type \`/stream report ${name} on\` or \`/stream report ${name} off\`.`,
    });
  const { before, after } = await settings.setReport(kind, comes, asker);
  const isNew = before.reports.includes(kind) !== comes;
  const said = comes ? `comes ${times[kind]}` : "does not come by itself";
  return {
    kind: "lines",
    lines: [
      [isNew ? `From now on the ${name} report ${said}.` : `The ${name} report ${said} already.`],
      comingLine(after),
    ],
    buttons: isNew ? [{ label: "Undo", command: `report ${name} ${comes ? "off" : "on"}` }] : [],
  };
}

/** When the job `usage-report` tells it. */
const times: Record<ReportKind, string> = {
  day: "at 08:00 after each day on which something was on",
  week: "on Mondays at 08:00",
  month: "on the first of the month at 08:00",
};

/** Which reports come by themselves, and how to change that. */
export const comingLine = ({ reports }: Pick<Settings, "reports">): Text =>
  text`Reports that come by themselves: ${reportWords(reports)}. Admins choose them: ${code(`/stream report daily ${reports.includes("day") ? "off" : "on"}`)}.`;
