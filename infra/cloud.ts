/** A stack as CloudFormation describes it. `status` is in AWS's own words, for example `UPDATE_COMPLETE`. */
export type Stack = {
  name: string;
  id: string;
  status: string;
  outputs: Readonly<Record<string, string>>;
  parameters: Readonly<Record<string, string>>;
  /** Whether CloudFormation refuses to delete it until somebody takes that back. */
  isProtected: boolean;
};

/** A value of a parameter, or the one that the stack had before. */
export type Parameter = { key: string; value: string } | { key: string; usePrevious: true };

/** One resource that a change set adds, changes or removes. */
export type Change = {
  action: "add" | "modify" | "remove" | "import" | "other";
  logicalId: string;
  physicalId: string | null;
  /** For example `AWS::MediaLive::Channel`. */
  type: string;
  /** Whether the resource is made anew; `maybe` is decided while it is updated. */
  replaces: "yes" | "maybe" | "no";
  /** Names of the properties that change, and `Tags`. */
  properties: readonly string[];
  /** True for a resource that stays in the account when it leaves the stack. */
  isKept: boolean;
};

/** A change set while it is made and after it. */
export type ChangeSet =
  | { status: "pending" }
  | { status: "ready"; changes: readonly Change[] }
  | { status: "empty" }
  | { status: "failed"; reason: string };

export type StackResource = {
  logicalId: string;
  physicalId: string | null;
  type: string;
  status: string;
};

export type StackEvent = StackResource & { id: string; at: Date; reason: string | null };

/** A MediaLive channel of the region, whoever it belongs to; `state` is in AWS's own words. */
export type ChannelSeen = { id: string; name: string; state: string };

export type ChangeSetRequest = {
  stack: string;
  kind: "create" | "update";
  name: string;
  template: string;
  parameters: readonly Parameter[];
  tags: Readonly<Record<string, string>>;
  /** Takes a resource whose name is taken into the stack, when the template keeps it on deletion. */
  importsExisting: boolean;
};

/** What the deploy command needs of AWS. Every method throws an `OpsError` that a person can act on. */
export type Cloud = {
  region(): Promise<string>;
  /** All stacks of the region, deleted ones left out. */
  stacks(): Promise<Stack[]>;
  /** By name, or by id, which also finds a deleted one; null when there is none. */
  stack(nameOrId: string): Promise<Stack | null>;
  resources(stack: string): Promise<StackResource[]>;
  /** The template's text, as it was given. */
  template(stack: string): Promise<string>;
  /** The exports of the region, each with the id of its stack. */
  exports(): Promise<{ name: string; stackId: string }[]>;
  /** Names of the stacks that import an export. */
  importers(exportName: string): Promise<string[]>;
  channels(): Promise<ChannelSeen[]>;
  /** The status of a flow in AWS's own words; null when there is none. */
  flowStatus(flowArn: string): Promise<string | null>;
  /** What happened to a stack since an event that is known, oldest first. */
  events(stackId: string, isKnown: (eventId: string) => boolean): Promise<StackEvent[]>;
  createChangeSet(request: ChangeSetRequest): Promise<{ id: string; stackId: string }>;
  changeSet(id: string): Promise<ChangeSet>;
  /** Whether anybody has a change set of this stack. */
  hasChangeSets(stack: string): Promise<boolean>;
  executeChangeSet(id: string): Promise<void>;
  deleteChangeSet(id: string): Promise<void>;
  deleteStack(nameOrId: string): Promise<void>;
};
