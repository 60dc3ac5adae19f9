import { type Content, saying } from "../domain/announcement.ts";
import { usageContent } from "../domain/cost/usage-content.ts";
import { mayDo, type Role } from "../domain/role.ts";
import { text } from "../domain/text.ts";
import type { Command, CommandContext } from "./command.ts";
import { type PeriodUsage, readUsage, takePeriod } from "./period-usage.ts";
import type { Reply } from "./reply.ts";

const posting = /(?:^|\s)post$/i;

/** The usage report for the person who asks; an operator may post it, with its file, to the conversation. */
export const report: Command = {
  verb: "report",
  usage: "report [day|week|month|2026-11] [post]",
  summary: "Usage in hours, sessions and dollars; operators post it with its CSV",
  example: "report month",
  role: "viewer",
  roleFor: (args): Role => (posting.test(args) ? "operator" : "viewer"),
  async run(args, context) {
    const words = args.replace(posting, "").trim();
    const read = await readUsage(takePeriod(words, context), context);
    const content = contentOf(read);
    return posting.test(args) ? post(read, content, context) : show(content, words, context);
  },
};

function contentOf({ usage, month, knownSince }: PeriodUsage): Content {
  const { meter, forecast, settings } = month;
  const figures = {
    spentUsd: meter.usd,
    forecastUsd: forecast.usd,
    limitUsd: settings.budgetUsd,
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
  const added = await say({
    key: `report_asked_${period.kind}_${period.name}_${hour}`,
    at: now,
    broadcastId: null,
    loud: false,
    destinationId: null,
    open: false,
    content: { ...content, lines: [text`${asker.name} asked for this report.`, ...content.lines] },
  });
  const line = added
    ? text`The report is on its way to the conversation.`
    : text`That report was posted within this hour already.`;
  return { kind: "lines", ...saying([line]) };
}
