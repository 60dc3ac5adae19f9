import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { commands } from "../src/commands/index.ts";
import { filesUnder, readProjectFile } from "./support/documents.ts";

const runbook = readProjectFile("docs/multi-channel-operations.md");
const sources = filesUnder("src", ".ts").map((file) => ({ file, words: readProjectFile(file) }));

/** The words of a union of string literals, as its file writes them down. */
function unionOf(file: string, type: string): string[] {
  const declared =
    new RegExp(`export type ${type} =([^;]*);`).exec(readProjectFile(file))?.[1] ?? "";
  return [...declared.matchAll(/"([\w-]+)"/g)].map(([, word = ""]) => word);
}

const showNews = /export type ShowNews = \{(.*?)\n\};/s.exec(
  readProjectFile("src/domain/show-telling.ts"),
)?.[1];

/**
 * Every file that makes announcements, with what the runbook calls them. One that is missing here fails the test, and
 * so reminds whoever adds an alert that somebody will read it at night.
 */
const announcedBy: Record<string, readonly string[]> = {
  "src/domain/away.ts": ["away"],
  "src/domain/cost/bill-news.ts": ["bill"],
  "src/domain/cost/budget-alerts.ts": ["budget.step", "budget.forecast"],
  "src/domain/cost/budget-cap.ts": ["budget.cap"],
  "src/domain/drift.ts": unionOf("src/domain/drift.ts", "DriftKind").map((kind) => `drift.${kind}`),
  "src/domain/show-call.ts": ["show.go", "show.go-last"],
  "src/domain/show-telling.ts": [
    ...[...(showNews ?? "").matchAll(/^ {2}(\w+):/gm)].map(([, kind = ""]) => `show.${kind}`),
    "show.nowhere",
  ],
  "src/domain/unreadable.ts": ["unreadable"],
  "src/domain/watch/last-call.ts": ["source.last-call"],
  "src/domain/watch/leak-sweep.ts": ["leaks"],
  "src/domain/watch/lease-prompt.ts": ["lease.prompt"],
  "src/jobs/advisor.ts": ["advisor"],
  "src/jobs/usage-report.ts": ["report"],
  "src/commands/report.ts": ["report"],
  "src/manager/requests.ts": ["second-person"],
};

const story = unionOf("src/domain/broadcast.ts", "NoticeKind").map((kind) => `story.${kind}`);
const checks = [
  ...(/name: (("\w+"( \| )?)+);\n\s+verdict/
    .exec(readProjectFile("src/domain/go-no-go.ts"))?.[1]
    ?.matchAll(/"(\w+)"/g) ?? []),
].map(([, name = ""]) => `check.${name}`);

const rows = runbook
  .split("\n")
  .flatMap((row) => [...row.matchAll(/<!-- ([\w.-]+) -->/g)].map(([, id = ""]) => ({ id, row })));
const isAlarm = (id: string): boolean => id.startsWith("alarm.");
const told = rows.map(({ id }) => id);

/** Every alarm of the templates and of the functions' stack. */
const isThere = (file: string): boolean => existsSync(join(import.meta.dirname, "..", file));
const templates = [...filesUnder("infra", ".yaml"), "serverless.yml"].filter(isThere);
const alarms = templates.flatMap((file) =>
  [...readProjectFile(file).matchAll(/^\s+(\w+):\n\s+Type: AWS::CloudWatch::Alarm$/gm)].map(
    ([, name = ""]) => `alarm.${name}`,
  ),
);

describe("the runbook", () => {
  it("knows every file that makes announcements", () => {
    const makes = /siteMessage\(|loud: true,\n\s+destinationId: |loud: true,\n\s+destinationId,/;
    const makers = sources.filter(({ words }) => makes.test(words)).map(({ file }) => file);
    const known = Object.keys(announcedBy).toSorted();
    expect(makers.filter((file) => file !== "src/domain/announcement.ts").toSorted()).toEqual(
      known,
    );
  });

  it("says of each announcement, line of the story and check what to press", () => {
    const wanted = [...new Set([...Object.values(announcedBy).flat(), ...story, ...checks])];
    expect(wanted.length).toBeGreaterThan(40);
    expect(told.filter((id) => !isAlarm(id)).toSorted()).toEqual(wanted.toSorted());
  });

  it("says of each alarm what to do", () => {
    expect(alarms.filter((name) => !told.includes(name))).toEqual([]);
  });

  it("quotes what people really read", () => {
    const all = sources.map(({ words }) => words).join("\n");
    const quotes = rows.flatMap(({ row }) =>
      [...row.matchAll(/“([^”]+)”/g)].map(([, words = ""]) => words),
    );
    expect(quotes.length).toBeGreaterThan(30);
    expect(quotes.filter((words) => !all.includes(words))).toEqual([]);
  });

  it("lists every command with something typical to type", () => {
    const typical = [...runbook.matchAll(/^\| `(\w+)` \| `\/stream (\w+)/gm)];
    const verbs = commands.map(({ verb }) => verb).filter((verb) => verb !== "");
    expect(typical.map(([, verb]) => verb).toSorted()).toEqual(verbs.toSorted());
    expect(typical.filter(([, verb, typed]) => verb !== typed)).toEqual([]);
  });
});
