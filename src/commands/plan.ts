import { usdWords } from "../domain/money.ts";
import { priced } from "../domain/price-words.ts";
import { mayDo } from "../domain/role.ts";
import type { Button, Text } from "../domain/text.ts";
import { code, strong, text } from "../domain/text.ts";
import { OpsError } from "../errors.ts";
import { planIntents } from "../manager/plan-intents.ts";
import { planShows } from "../manager/plan-shows.ts";
import type { Command, CommandContext } from "./command.ts";
import { nearest } from "./nearest.ts";
import { effectOf } from "./plan-lines.ts";
import type { Reply } from "./reply.ts";
import { refuseSecrets } from "./words.ts";

/** Any command, up to the point where it would do something. */
export const plan: Command = {
  verb: "plan",
  usage: "plan <any command>",
  summary: "What a command would do, in calls, minutes and dollars; nothing is done",
  example: "plan start all for 3h",
  role: "viewer",
  run(args, context) {
    const line = args.replace(/^\/?stream\s+/i, "");
    const [, verb = "", rest = ""] = /^(\S*)\s*(.*)$/s.exec(line) ?? [];
    const command = find(verb.toLowerCase(), line, context);
    return command.foreseeable ? foretell(command, rest, context) : cannot(command);
  },
};

function find(verb: string, line: string, { commands }: CommandContext): Command {
  const found = verb === "" ? undefined : commands.find((each) => each.verb === verb);
  if (found !== undefined) return found;
  refuseSecrets(line);
  const near = nearest(
    verb,
    commands.map((each) => each.verb),
  );
  throw new OpsError("invalid-input", "Which command shall I plan?", {
    hint:
      verb === "" || near === null
        ? "For example `/stream plan start all for 3h`."
        : `Did you mean \`/stream plan ${near}\`?`,
  });
}

function cannot({ verb, role, roleFor }: Command): Promise<Reply> {
  const looks = role === "viewer" && roleFor === undefined;
  const why = looks ? " only looks: nothing comes of it." : " cannot be planned.";
  return Promise.resolve({
    kind: "lines",
    lines: [[...text`${code(`/stream ${verb}`)}`, why]],
    buttons: [],
  });
}

async function foretell(command: Command, rest: string, context: CommandContext): Promise<Reply> {
  const dry = await dryContext(context);
  const reply = await command.run(rest, dry.context);
  if (reply.kind !== "lines") return reply;
  if (!dry.hasActed()) return { ...reply, buttons: reply.buttons.map(planned) };
  const typed = `${command.verb} ${rest}`;
  const { facts, rows } = dry;
  const effect = await effectOf(facts, rows(), context);
  const lines: Text[] = [
    text`${strong("Nothing is done.")} ${code(`/stream ${typed}`)} would answer:`,
    ...reply.lines,
    ...effect.lines,
  ];
  const may = mayDo(context.role, command.roleFor?.(rest) ?? command.role);
  const doIt: Button = {
    label: priced("Do it", effect.usd === null ? null : usdWords(effect.usd)),
    command: typed,
    style: "primary",
    asked: true,
  };
  return { kind: "lines", lines, buttons: may ? [doIt] : [] };
}

/** A choice goes on planning. */
const planned = (button: Button): Button => ({ ...button, command: `plan ${button.command}` });

/** The same context, in which everything is decided and nothing is written. */
async function dryContext(context: CommandContext) {
  const { policy, now } = context;
  const facts = await context.facts();
  const { intents, rows } = planIntents(facts, policy, now);
  let acted = false;
  const shows = planShows(context.shows, now);
  const noting =
    <Args extends readonly unknown[], Result>(act: (...args: Args) => Result) =>
    (...args: Args): Result => {
      acted = true;
      return act(...args);
    };
  const dry: CommandContext = {
    ...context,
    intents,
    shows: {
      ...shows,
      add: noting(shows.add),
      skip: noting(shows.skip),
      unskip: noting(shows.unskip),
      remove: noting(shows.remove),
    },
    requests: {
      ask: noting((wish) => Promise.resolve({ ...wish, id: "second_planned", at: now })),
      find: () => Promise.resolve(null),
      take: () => Promise.resolve(false),
      close: () => Promise.resolve(),
    },
    strays: { moveEnd: onlyForDestinations, coolFlow: onlyForDestinations },
    confirmed: true,
    seen: null,
  };
  return { context: dry, facts, rows, hasActed: () => acted || rows() !== facts.destinations };
}

const onlyForDestinations = (): Promise<never> =>
  Promise.reject(
    new OpsError("invalid-input", "Only what is done to destinations can be planned.", {
      hint: "`/stream sync` says what runs for none of them.",
    }),
  );
