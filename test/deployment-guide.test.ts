import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { destinationFrom } from "../src/aws/destination-row.ts";
import { variableNames } from "../src/config.ts";
import { checkIngest } from "../src/domain/ingest.ts";
import { usdWords } from "../src/domain/money.ts";
import { platformOf } from "../src/domain/platforms/index.ts";
import { everythingUsdPerHour, social } from "./domain/cost/worked-month.ts";
import { blocksOf, filesUnder, readProjectFile } from "./support/documents.ts";

const guide = readProjectFile("docs/deployment.md");

/** A row as the AWS CLI writes it, with a type around each value. */
type Typed = Record<string, Record<string, unknown>>;

const plain = (typed: Typed): Record<string, unknown> =>
  Object.fromEntries(Object.entries(typed).map(([name, value]) => [name, Object.values(value)[0]]));

/** What the SDK's commands are called in a policy, where that is another word. */
const inPolicy: Record<string, string> = {
  Get: "GetItem",
  Put: "PutItem",
  Update: "UpdateItem",
  Delete: "DeleteItem",
  BatchGet: "BatchGetItem",
  DeleteMessageBatch: "DeleteMessage",
};

describe("the deployment guide", () => {
  it("shows a destination's row that the bot reads", () => {
    const [block] = blocksOf("docs/deployment.md").filter(({ language }) => language === "json");
    const row = destinationFrom(plain(JSON.parse(block?.lines.join("\n") ?? "{}")));
    expect(row).toMatchObject({ id: "dest_twitch", kind: "twitch", enabled: true });
    expect(guide).toContain(`name\n   \`${row?.streamKeyRef}\``);
  });

  it("gives each platform an address that a start accepts", () => {
    const rows = [...guide.matchAll(/^\| [^|]+ \| `(\w+)` \| `(rtmps?:[^`]+)` \|/gm)];
    expect(rows.map(([, platform]) => platform)).toEqual(["youtube", "twitch"]);
    for (const [, platform = "", address = ""] of rows) {
      const found = platformOf(platform);
      expect([platform, found && checkIngest(address, found)]).toEqual([platform, null]);
    }
  });

  it("grants every action that the bot uses", () => {
    const used = filesUnder("src/aws", ".ts").flatMap((file) =>
      [...readProjectFile(file).matchAll(/new ([A-Z]\w+)Command\(/g)].map(([, name = ""]) => name),
    );
    const actions = [...new Set(used.map((name) => inPolicy[name] ?? name))];
    expect(actions.length).toBeGreaterThan(20);
    expect(actions.filter((action) => !new RegExp(`\\b${action}\\b`).test(guide))).toEqual([]);
  });

  it("names variables that are read", () => {
    const [block] = blocksOf("docs/deployment.md").filter(({ language }) => language === "ini");
    const names = block?.lines.map((line) => line.split("=")[0] ?? "") ?? [];
    expect(names.length).toBeGreaterThan(5);
    expect(names.filter((name) => !variableNames.includes(name))).toEqual([]);
  });

  it("sets parameters that the templates have, to values that they allow", () => {
    const templates = filesUnder("infra", ".yaml").map(readProjectFile).join("\n");
    const ofStacks = guide.replaceAll(/\bosls@.*/g, "");
    const set = [...ofStacks.matchAll(/--param (\w+)=([^\s`]+)/g)];
    expect(set.length).toBeGreaterThan(3);
    expect(set.filter(([, name]) => !templates.includes(`\n  ${name}:\n    Type: `))).toEqual([]);
  });

  it("removes the functions of the site that it names, by parameters that they have", () => {
    const [removal = ""] = guide.match(/\bosls@\S+ remove.*/g) ?? [];
    expect(removal).toMatch(/ --stage \w+ --region [a-z0-9-]+ --param project=\w+$/);
    const { params } = parse(readProjectFile("serverless.yml"));
    const set = [...guide.matchAll(/\bosls@.* --param (\w+)=/g)].map(([, name = ""]) => name);
    expect(Object.keys(params.default)).toEqual(expect.arrayContaining(set));
  });

  it("says what the cost guide says", () => {
    expect(guide).toContain(`${usdWords(everythingUsdPerHour)} an hour for everything`);
    expect(guide).toContain(`${usdWords(everythingUsdPerHour / 6)} for the first ten minutes`);
    expect(guide).toContain(
      `about ${usdWords(5 * social.idleUsdPerHour)} an hour for five channels`,
    );
    const questions = readProjectFile("docs/faq.md");
    expect(questions).toContain(`${usdWords(24 * 5 * social.idleUsdPerHour)} a day for five`);
  });
});
