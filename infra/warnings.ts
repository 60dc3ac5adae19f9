import type { Change } from "./cloud.ts";
import { isEmpty, type StackPlan } from "./planning.ts";
import { resourceWords } from "./resource-words.ts";
import { channelsOnAir, type Survey } from "./survey.ts";

/** What the warnings are worked out from. */
export type Outlook = {
  survey: Survey;
  stacks: readonly StackPlan[];
  channelQuota: number;
  /** Stacks that import what a plan removes or makes anew, by export. */
  importers: Readonly<Record<string, readonly string[]>>;
};

/** What a person should know before saying yes, a sentence each. */
export const warningsOf = (outlook: Outlook): string[] => [
  ...onAir(outlook),
  ...touched(outlook),
  ...quota(outlook),
  ...inUse(outlook),
  ...open(outlook),
  ...edited(outlook),
];

const media = /^AWS::Media(Live|Connect)::(Channel|Input|Flow)$/;

function onAir({ survey, stacks }: Outlook): string[] {
  if (isEmpty({ stacks })) return [];
  const names = channelsOnAir(survey).map(({ name, state }) => `${name} (${state})`);
  if (names.length === 0) return [];
  return [`On air now: ${names.join(", ")}. deploy refuses until all is off.`];
}

/** A channel or flow that is made anew has a new id and, for the flow, a new address. */
function touched({ stacks }: Outlook): string[] {
  return stacks
    .flatMap(({ changes }) => changes)
    .filter(({ type, action }) => media.test(type) && action === "modify")
    .flatMap((change) => (change.replaces === "no" ? [] : [anew(change)]));
}

function anew(change: Change): string {
  const sure = change.replaces === "yes" ? "is" : "may be";
  const address =
    change.type === "AWS::MediaConnect::Flow"
      ? "; the encoder then needs the new address, and every channel its new input"
      : "";
  return `The ${resourceWords(change)} ${sure} removed and made anew${address}.`;
}

/**
 * How many channels the region would have, when a plan adds some beyond the quota; null otherwise. They count from the moment that
 * they exist (AWS General Reference, MediaLive quotas).
 */
export function channelsBeyond({
  survey,
  stacks,
  channelQuota,
}: Omit<Outlook, "importers">): number | null {
  const changes = stacks.flatMap((stack) => stack.changes);
  const ofChannels = changes.filter(({ type }) => type === "AWS::MediaLive::Channel");
  const added = ofChannels.filter(({ action }) => action === "add").length;
  const removed = ofChannels.filter(({ action }) => action === "remove").length;
  const after = survey.channels.length + added - removed;
  return added === 0 || after <= channelQuota ? null : after;
}

function quota(outlook: Outlook): string[] {
  const { survey, channelQuota } = outlook;
  const after = channelsBeyond(outlook);
  if (after === null) return [];
  return [
    `${survey.region} has ${survey.channels.length} MediaLive channels and would have ${after}; the quota is ${channelQuota} as far as this command knows. Ask AWS for more (Service Quotas, MediaLive, Channels), say --channel-quota ${after} when you have them, or leave some out with --skip.`,
  ];
}

function inUse({ importers }: Outlook): string[] {
  return Object.entries(importers).flatMap(([name, stacks]) =>
    stacks.length === 0
      ? []
      : [
          `The export ${name} would change and is in use by ${stacks.join(", ")}: CloudFormation refuses that.`,
        ],
  );
}

/** Values that weaken the flow, whether they are given now or were before. */
function open({ stacks }: Outlook): string[] {
  const values: Partial<Record<string, string>> = Object.fromEntries(
    stacks.flatMap((stack) => Object.entries(stack.values)),
  );
  const lines: string[] = [];
  if (values.AllowOpenInternet?.startsWith("yes"))
    lines.push("Anyone on the internet may send to the flow; only the passphrase keeps them out.");
  if (values.UnencryptedCidr)
    lines.push("The source is not encrypted: anyone on its way can watch it.");
  return lines;
}

const edited = ({ stacks }: Outlook): string[] =>
  stacks
    .filter(({ isEdited }) => isEdited)
    .map(
      ({ target: { name } }) =>
        `The template of ${name} was changed by something else than this command; deploying undoes that.`,
    );
