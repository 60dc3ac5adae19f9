import { isSameMinute } from "date-fns/isSameMinute";
import type { Notice, NoticeKind } from "../../domain/broadcast.ts";
import { isApproval } from "../../domain/start-request.ts";
import { strong, type Text, text } from "../../domain/text.ts";
import type { SiteView } from "../../domain/view.ts";
import { limits, type Message, section } from "./blocks.ts";
import { exactly } from "./elapsed.ts";
import { type Moment, toMrkdwn, toWords } from "./text.ts";
import { escapeMarkup, shorten } from "./words.ts";

type Told = {
  notice: Notice;
  name: Text[number];
  /** Who asked, or a word for nobody. */
  who: string;
  /** How long after it was asked for, when that is known. */
  after: Text;
};

const stories: Record<NoticeKind, (told: Told) => Text> = {
  "start-asked": ({ notice, name, who }) => [
    ...text`${who} started ${name}`,
    ...(notice.until === null ? [] : text`, until ${notice.until}`),
  ],
  running: ({ name, after }) => [
    ...text`${name} is running`,
    ...(after.length === 0 ? [] : [...text`, `, ...after, ...text` the start`]),
  ],
  "stop-asked": ({ name, who }) => text`${who} stopped ${name}`,
  off: ({ name, after }) => [
    ...text`${name} is off`,
    ...(after.length === 0 ? [] : [...text`, `, ...after, ...text` the stop`]),
  ],
  failed: ({ name }) => text`${name} did not come on air`,
  "stopped-outside": ({ name }) => text`${name} went off although nobody asked patchbay to stop it`,
  "deadline-stopped": ({ name }) => text`${name} is off`,
  extended: ({ notice, name, who }) => [
    ...text`${who} extended ${name}`,
    ...(notice.until === null ? [] : text` to ${notice.until}`),
    ...wasText(notice),
  ],
  shortened: ({ notice, name, who }) => [
    ...text`${who} shortened ${name}`,
    ...(notice.until === null ? [] : text` to ${notice.until}`),
    ...wasText(notice),
  ],
  held: ({ notice, name, who }) => [
    ...text`${who} holds ${name}`,
    ...(notice.until === null ? [] : text` until ${notice.until}`),
    ...wasText(notice),
  ],
  released: ({ notice, name, who }) => [
    ...text`${who} released ${name}`,
    ...(notice.until === null ? [] : text`, which now goes off at ${notice.until}`),
  ],
  adopted: ({ name }) => text`${name} was found running`,
  "late-start": ({ name }) =>
    text`${name} came on after it was stopped, and is being stopped again`,
  "stuck-stopping": ({ name }) => text`${name} takes long to stop`,
  "stranger-seen": ({ name }) => text`${name} is running and belongs to no destination`,
  "stranger-stopped": ({ name }) => text`${name} was found running and is being stopped`,
};

/** " (was 21:30)", for an end that replaced one of another minute. */
function wasText({ before, until }: Notice): Text {
  if (before === null || (until !== null && isSameMinute(before, until))) return [];
  return text` (was ${before})`;
}

const loud: ReadonlySet<NoticeKind> = new Set([
  "failed",
  "stopped-outside",
  "deadline-stopped",
  "stuck-stopping",
  "late-start",
]);

/** True for a line that the conversation should hear of too: nobody is notified of an edit or of a thread. */
export const isLoud = ({ kind }: Notice): boolean => loud.has(kind);

/** One line of the story under the live card. */
export function toStoryLine(notice: Notice, view: SiteView): Message {
  const moment: Moment = { now: view.at, zone: view.zone };
  const name = strong(notice.destinationName);
  const who = notice.by?.name ?? "Somebody";
  const line = stories[notice.kind]({ notice, name, who, after: afterText(notice, view) });
  const whole: Text = [...line, ...(notice.detail === null ? [] : [reason(notice.detail)]), "."];
  return {
    text: escapeMarkup(shorten(toWords(whole, moment), limits.messageText)),
    blocks: [section(`${mention(notice)}${toMrkdwn(whole, moment)}`)],
  };
}

/** Who waited for a second person is told that it starts: an edit of the question notifies nobody. */
function mention({ kind, by, detail }: Notice): string {
  const waited = kind === "start-asked" && isApproval(detail);
  return waited && by !== null && slackUser.test(by.id) ? `<@${by.id}> ` : "";
}

/** How Slack writes a person's id (docs.slack.dev, formatting-message-text). */
const slackUser = /^[UW][A-Z0-9]+$/;

/** A whole sentence stands by itself, a few words belong to the line. */
function reason(detail: string): string {
  const words = detail.replace(/\.$/, "");
  return /^\p{Lu}/u.test(words) ? `. ${words}` : `: ${words}`;
}

/** Counted from the wish that the notice belongs to, which its key begins with; an older one is not known any more. */
function afterText({ key, at, destinationId }: Notice, { destinations }: SiteView): Text {
  const destination = destinations.find(({ id }) => id === destinationId);
  const { intentId, askedAt } = destination ?? {};
  if (!intentId || !askedAt || !key.startsWith(`${intentId}.`)) return [];
  return text`${exactly(askedAt, at)} after`;
}
