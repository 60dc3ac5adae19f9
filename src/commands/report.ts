import { type Content, saying, siteMessage } from "../domain/announcement.ts";
import { usageContent } from "../domain/cost/usage-content.ts";
import { mayDo, type Role } from "../domain/role.ts";
import { text } from "../domain/text.ts";
import type { Command, CommandContext } from "./command.ts";
import { type PeriodUsage, readUsage, takePeriod } from "./period-usage.ts";
import type { Reply } from "./reply.ts";
import { askedReport, comingLine, setReport } from "./report-times.ts";

const posting = /(?:^|\s)post$/i;

/** The usage report for the person who asks; an operator may post it, with its file, to the conversation. */
export const report: Command = {
  verb: "report",
  usage: "report [day|week|month|2026-11 [post] | daily|weekly|monthly on|off]",
  summary:
    "Usage in hours, sessions and dollars; operators post it with its CSV, admins choose which come by themselves",
  example: "report month",
  role: "viewer",
  roleFor: (args) => roleFor(args),
  async run(args, context) {
    const asked = askedReport(args);
    if (asked !== null) return setReport(asked, context);
    const words = args.replace(posting, "").trim();
    const read = await readUsage(takePeriod(words, context), context);
    const content = contentOf(read);
    if (posting.test(args)) return post(read, content, context);
    const coming = read.month === null ? read.trouble : [comingLine(read.month.settings)];
    const lines = [...content.lines, ...coming];
    return show({ ...content, lines }, words, context);
  },
};

/** Words that say nothing need no role to be told so. */
function roleFor(args: string): Role {
  if (typeof askedReport(args)?.comes === "boolean") return "admin";
  return posting.test(args) ? "operator" : "viewer";
}

function contentOf({ usage, month, knownSince }: PeriodUsage): Content {
  const figures = month && {
    spentUsd: month.meter.usd,
    forecastUsd: month.forecast.usd,
    limitUsd: month.settings.budgetUsd,
  };
  return usageContent(usage, { month: figures, knownSince, lateSince: null });
}

function show({ lines, table, chart }: Content, words: string, { role }: CommandContext): Reply {
  const command = `report ${words === "" ? "month" : words} post`;
  const label = "Post with CSV in the conversation";
  const buttons = table !== null && mayDo(role, "operator") ? [{ label, command }] : [];
  return { kind: "lines", lines, buttons, table, chart };
}

/** Once an hour at most, so that a button that is pressed twice posts once. */
async function post(
  { usage: { period } }: PeriodUsage,
  content: Content,
  { asker, now, say }: CommandContext,
): Promise<Reply> {
  const hour = now.toISOString().slice(0, 13);
  const added = await say(
    siteMessage({
      key: `report_asked_${period.kind}_${period.name}_${hour}`,
      at: now,
      content: {
        ...content,
        lines: [text`${asker.name} asked for this report.`, ...content.lines],
      },
    }),
  );
  const line = added
    ? text`The report is on its way to the conversation.`
    : text`That report was posted within this hour already.`;
  return { kind: "lines", ...saying([line]) };
}
