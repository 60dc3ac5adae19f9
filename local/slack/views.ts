import { randomBytes } from "node:crypto";
import { z } from "zod";
import { viewProblems } from "./block-kit.ts";
import { problem } from "./block-rules.ts";
import { echoBlocks } from "./echo.ts";
import { bot, team } from "./people.ts";
import { refusal, SlackError } from "./slack-error.ts";

const plainText = z.looseObject({ text: z.string() }).nullable();

/** A modal or a Home tab in the shape that Slack returns and sends (java-slack-sdk json-logs, ViewSubmissionTest). */
export const slackView = z.object({
  id: z.string(),
  team_id: z.string(),
  type: z.enum(["modal", "home"]),
  blocks: z.array(z.record(z.string(), z.unknown())),
  private_metadata: z.string(),
  callback_id: z.string(),
  external_id: z.string(),
  state: z.object({ values: z.record(z.string(), z.unknown()) }),
  hash: z.string(),
  title: plainText,
  submit: plainText,
  close: plainText,
  clear_on_close: z.boolean(),
  notify_on_close: z.boolean(),
  previous_view_id: z.string().nullable(),
  root_view_id: z.string(),
  app_id: z.string(),
  app_installed_team_id: z.string(),
  bot_id: z.string(),
});

export type SlackView = z.infer<typeof slackView>;

const sentView = z.object({
  type: z.enum(["modal", "home"]),
  blocks: z.array(z.record(z.string(), z.unknown())),
  private_metadata: z.string().default(""),
  callback_id: z.string().default(""),
  external_id: z.string().default(""),
  title: plainText.default(null),
  submit: plainText.default(null),
  close: plainText.default(null),
  clear_on_close: z.boolean().default(false),
  notify_on_close: z.boolean().default(false),
});

export type SentView = z.infer<typeof sentView>;

/** Reads a view of one type that an app sent; refuses what Slack would refuse, in its words. */
export function parseView(view: unknown, type: SentView["type"]): SentView {
  if (JSON.stringify(view)?.length > maxViewChars) throw new SlackError("view_too_large");
  const problems = viewProblems(view);
  if (problems.length > 0) throw refusal("invalid_arguments", problems);
  const sent = sentView.parse(view);
  if (sent.type === type) return sent;
  throw refusal("invalid_arguments", [problem(`unsupported type: ${sent.type}`, "/view/type")]);
}

const maxViewChars = 250_000;

export type Views = {
  homes(): Readonly<Record<string, SlackView>>;
  homeOf(person: string): SlackView | undefined;
  /** The open modals of a person, the topmost last. */
  modalsOf(person: string): readonly SlackView[];
  /** A view by its id or its external id, and whose it is. */
  find(key: string): { person: string; view: SlackView } | undefined;
  open(person: string, sent: SentView): SlackView;
  push(person: string, sent: SentView): SlackView;
  publish(person: string, sent: SentView): SlackView;
  update(key: string, sent: SentView, hash?: string): SlackView;
  /** Takes the topmost modal away. */
  pop(person: string): void;
  clear(person: string): void;
};

/** Slack stacks at most three modals (docs.slack.dev, Modals). */
const maxStack = 3;

function newView(sent: SentView, at: number, place: Partial<SlackView> = {}): SlackView {
  const id = `V0${randomBytes(5).toString("hex").toUpperCase()}`;
  return {
    ...sent,
    id,
    team_id: team.id,
    blocks: echoBlocks(sent.blocks),
    state: { values: {} },
    hash: newHash(at),
    previous_view_id: null,
    root_view_id: id,
    app_id: bot.appId,
    app_installed_team_id: team.id,
    bot_id: bot.botId,
    ...place,
  };
}

function newHash(at: number): string {
  return `${Math.floor(at / 1000)}.${randomBytes(4).toString("hex")}`;
}

type Kept = { homes: Map<string, SlackView>; stacks: Map<string, readonly SlackView[]> };

function findView({ homes, stacks }: Kept, key: string): ReturnType<Views["find"]> {
  const open = [...stacks].flatMap(([person, views]) => views.map((view) => ({ person, view })));
  const published = [...homes].map(([person, view]) => ({ person, view }));
  const has = ({ id, external_id }: SlackView) => id === key || external_id === key;
  return key === "" ? undefined : [...open, ...published].find(({ view }) => has(view));
}

function refuseTakenId(kept: Kept, sent: SentView): void {
  if (findView(kept, sent.external_id)) throw new SlackError("duplicate_external_id");
}

/** Holds the published Home tabs and the modals that are open; modals do not survive a restart, as in Slack. */
export function createViews(
  saved: Readonly<Record<string, SlackView>>,
  now: () => number,
  changed: () => void,
): Views {
  const homes = new Map(Object.entries(saved));
  const kept: Kept = { homes, stacks: new Map() };
  const modalsOf = (person: string) => kept.stacks.get(person) ?? [];
  const stack = (person: string, views: readonly SlackView[]) => {
    kept.stacks.set(person, views);
    changed();
  };
  const publish = (person: string, view: SlackView) => {
    homes.set(person, view);
    changed();
    return view;
  };
  const put = (person: string, below: readonly SlackView[], sent: SentView) => {
    refuseTakenId(kept, sent);
    if (below.length >= maxStack) throw new SlackError("push_limit_reached");
    const top = below.at(-1);
    const place = top && { previous_view_id: top.id, root_view_id: top.root_view_id };
    const view = newView(sent, now(), place);
    stack(person, [...below, view]);
    return view;
  };

  return {
    homes: () => Object.fromEntries(homes),
    homeOf: (person) => homes.get(person),
    modalsOf,
    find: (key) => findView(kept, key),
    open: (person, sent) => put(person, [], sent),
    push: (person, sent) => put(person, modalsOf(person), sent),
    publish: (person, sent) => {
      const id = homes.get(person)?.id;
      return publish(
        person,
        newView(sent, now(), id === undefined ? {} : { id, root_view_id: id }),
      );
    },
    update: (key, sent, hash) => {
      const found = findView(kept, key);
      if (!found) throw new SlackError("not_found");
      const { id, root_view_id, previous_view_id, type } = found.view;
      if (hash !== undefined && hash !== found.view.hash) throw new SlackError("hash_conflict");
      const view = newView(sent, now(), { id, root_view_id, previous_view_id });
      if (type === "home") return publish(found.person, view);
      stack(
        found.person,
        modalsOf(found.person).map((one) => (one.id === id ? view : one)),
      );
      return view;
    },
    pop: (person) => stack(person, modalsOf(person).slice(0, -1)),
    clear: (person) => stack(person, []),
  };
}
