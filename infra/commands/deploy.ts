import { OpsError } from "../../src/errors.ts";
import { deployApp, secretWords } from "../app.ts";
import { carryOut } from "../carry-out.ts";
import type { Stack } from "../cloud.ts";
import type { Desk } from "../desk.ts";
import { refuseDeployment } from "../on-air.ts";
import { showPlan } from "../plan-lines.ts";
import { dropPlan, isEmpty, isNothing, makePlan, type Plan, type StackPlan } from "../planning.ts";
import { stackName } from "../stacks.ts";
import { channelsBeyond } from "../warnings.ts";

/** Shows the plan, asks, and carries it out stack by stack; the first failure ends it. */
export async function deploy(desk: Desk): Promise<unknown> {
  const made = await makePlan(desk);
  try {
    const { lines } = await showPlan(desk, made);
    for (const line of lines) desk.say(line);
    if (desk.options.app) desk.say(await secretWords(desk.options.site));
    desk.say("");
    if (isEmpty(made)) desk.say("Everything is as in the templates.");
    if (!isEmpty(made) || desk.options.app) {
      refuseIfEdited(desk, made.stacks);
      refuseDeployment(made.survey, made.stacks, "Nothing was deployed.");
      refuseBeyondQuota(desk, made);
      await confirm(desk, made);
    }
  } catch (error) {
    await dropPlan(desk, made).catch(() => undefined);
    throw error;
  }
  const stacks = await carryOut(desk, made);
  if (desk.options.app) await deployApp(desk, stacks);
  else sayHowToStart(desk, stacks);
  return { stacks: stacks.map(({ name, status, outputs }) => ({ name, status, outputs })) };
}

function refuseIfEdited({ options }: Desk, stacks: readonly StackPlan[]): void {
  const edited = stacks.filter((stack) => stack.isEdited && !isNothing(stack));
  if (edited.length === 0 || options.overwrite) return;
  const names = edited.map(({ target }) => target.name).join(", ");
  throw new OpsError(
    "conflict",
    `The template of ${names} was changed by something else than this command; nothing was deployed.`,
    {
      hint: `Look at it: aws cloudformation get-template --stack-name ${edited[0]?.target.name}. To go over it, add --overwrite.`,
    },
  );
}

/** A person may know better than this command; a script has --channel-quota to say so. */
function refuseBeyondQuota({ options, channelQuota }: Desk, plan: Plan): void {
  const after = channelsBeyond({ ...plan, channelQuota });
  if (!options.yes || after === null) return;
  throw new OpsError(
    "conflict",
    `That would be ${after} MediaLive channels and the quota is ${channelQuota}, so that AWS would refuse some half way. Nothing was deployed.`,
    {
      hint: `If the account may have them, say --channel-quota ${after}; else leave some out with --skip.`,
    },
  );
}

async function confirm(desk: Desk, { survey, stacks }: Plan): Promise<void> {
  if (desk.options.yes) return;
  const failed = stacks.filter(({ mustRemove }) => mustRemove).map(({ target }) => target.name);
  const first = failed.length === 0 ? "" : `Remove what is left of ${failed.join(", ")}, and d`;
  const question = `${first || "D"}eploy this to ${survey.region}? [y/N] `;
  if (/^y(es)?$/i.test((await desk.ask(question)).trim())) return;
  throw new OpsError("conflict", "Nothing was changed.");
}

/** The daemon finds everything else in the outputs. */
function sayHowToStart({ say, options }: Desk, stacks: readonly Stack[]): void {
  const names = ["tables", "flow", "channels"].map((part) => stackName(options.site, part));
  const missing = names.filter((name) => stacks.every((stack) => stack.name !== name));
  if (missing.length > 0) {
    say(`Still to be deployed: ${missing.join(", ")}.`);
    return;
  }
  const endpoint = stacks.find(({ outputs }) => outputs.SrtIngestEndpoint)?.outputs;
  if (endpoint !== undefined) say(`The encoder sends to ${endpoint.SrtIngestEndpoint}`);
  if (endpoint?.SrtPassphraseSecretArn !== undefined)
    say(
      `with the passphrase of: aws secretsmanager get-secret-value --query SecretString --output text --secret-id ${endpoint.SrtPassphraseSecretArn}`,
    );
  say("The bot needs, beside the region and its credentials:");
  say(`  PATCHBAY_STACKS=${names.join(",")}`);
  say("  SLACK_BOT_TOKEN=xoxb-…  SLACK_APP_TOKEN=xapp-…  SLACK_CONVERSATION_ID=C…");
  say("  npm run daemon");
}
