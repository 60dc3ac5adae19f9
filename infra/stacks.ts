import type { Stack } from "./cloud.ts";

/** One deployment: every name in it begins with project and environment. */
export type Site = { project: string; environment: string };

/** A kind of stack; what one needs of another is handed on as a parameter. */
export type StackKind = {
  id: "tables" | "flow" | "channels" | "channel";
  /** File beside this one. */
  template: string;
  /** Its resources outlive it: one that is there already is taken over and not made. */
  isKept: boolean;
  /** Parameters that are outputs of the flow's stack, by the output's key; some flows have no alarms. */
  handedOn: Readonly<Record<string, string>>;
};

/** In the order in which they are made; they are removed the other way round. */
export const stackKinds = {
  tables: {
    id: "tables",
    template: "tables.yaml",
    isKept: true,
    handedOn: {},
  },
  flow: {
    id: "flow",
    template: "srt-mediaconnect-flow.yaml",
    isKept: false,
    handedOn: {},
  },
  channels: {
    id: "channels",
    template: "multi-medialive-channels.yaml",
    isKept: false,
    handedOn: { FlowArn: "SrtFlowArn", AlarmTopicArn: "AlarmTopicArn" },
  },
  channel: {
    id: "channel",
    template: "destination-channel.yaml",
    isKept: false,
    handedOn: {},
  },
} as const satisfies Record<string, StackKind>;

/** A stack that the command deals with; `part` is what stands after project and environment in its name ("channel-vimeo"). */
export type Target = { name: string; part: string; kind: StackKind };

const furtherPrefix = "channel-";

/** What a further channel is called ("vimeo"); null for the other stacks. */
export const furtherName = ({ part }: Target): string | null =>
  part.startsWith(furtherPrefix) ? part.slice(furtherPrefix.length) : null;

/** The name of a stack of a site. */
export const stackName = ({ project, environment }: Site, part: string): string =>
  `${project}-${environment}-${part}`;

/** The stack of a site that is called so, or null for a part that there is no template for. */
export function targetOf(site: Site, part: string): Target | null {
  const kind = part.startsWith(furtherPrefix)
    ? stackKinds.channel
    : [stackKinds.tables, stackKinds.flow, stackKinds.channels].find(({ id }) => id === part);
  return kind === undefined ? null : { name: stackName(site, part), part, kind };
}

/** Every stack of a site in order: the three, then one for each further channel that is among `existing`. */
export function targetsOf(site: Site, existing: readonly string[]): Target[] {
  const prefix = stackName(site, furtherPrefix);
  const further = existing.filter((name) => name.startsWith(prefix)).toSorted();
  const parts = ["tables", "flow", "channels", ...further.map((name) => partIn(site, name))];
  return parts.flatMap((part) => targetOf(site, part) ?? []);
}

/** A stack that was made from another template has neither of our two parameters. */
export const isOurs = ({ parameters }: Pick<Stack, "parameters">, site: Site): boolean =>
  parameters.Project === site.project && parameters.Environment === site.environment;

const partIn = (site: Site, name: string): string => name.slice(stackName(site, "").length);
