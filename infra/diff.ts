import type { Change } from "./cloud.ts";
import { resourceWords } from "./resource-words.ts";

/** The changes of one stack, and what is particular about it. */
export type StackDiff = {
  name: string;
  kind: "create" | "update";
  mustRemove: boolean;
  isAfterFlow: boolean;
  /** False also where outputs or tags change and no resource does. */
  isNothing: boolean;
  changes: readonly Change[];
};

/** What a plan would do, stack by stack, a line for each resource; nothing for a stack that stays as it is but its name. */
export const diffLines = (stacks: readonly StackDiff[]): string[] => stacks.flatMap(linesOf);

function linesOf(stack: StackDiff): string[] {
  const { name, changes } = stack;
  if (changes.length === 0)
    return [`${name}: ${stack.isNothing ? "nothing to change" : "only outputs or tags change"}`];
  const width = Math.max(...changes.map(({ logicalId }) => logicalId.length));
  const ordered = changes.toSorted((left, right) => rank(left) - rank(right));
  const lines = ordered.map(
    (change) => `  ${signOf(change)} ${change.logicalId.padEnd(width)}  ${meaning(change)}`,
  );
  return [`${name}: ${headline(stack)}`, ...lines];
}

function headline({ kind, mustRemove, isAfterFlow, changes }: StackDiff): string {
  if (mustRemove) return "failed before; it is removed and made anew";
  const after = isAfterFlow ? ", after the flow" : "";
  return kind === "create"
    ? `new${after}`
    : `${changes.length} ${changes.length === 1 ? "change" : "changes"}${after}`;
}

const isReplaced = ({ action, replaces }: Change): boolean =>
  action === "modify" && replaces === "yes";

function signOf(change: Change): string {
  if (isReplaced(change)) return "-/+";
  const signs = { add: "  +", modify: "  ~", remove: "  -", import: "  +", other: "  ?" } as const;
  return signs[change.action];
}

/** Channels, inputs and the flow first: they cost money and are what people came for. */
function rank({ type, action }: Change): number {
  const isMedia = type.startsWith("AWS::MediaLive") || type.startsWith("AWS::MediaConnect");
  return (isMedia ? 0 : 10) + (action === "remove" ? 1 : 0);
}

function meaning(change: Change): string {
  const words = resourceWords(change);
  const properties = change.properties.join(", ");
  if (change.action === "add") return `new ${words}`;
  if (change.action === "remove")
    return change.isKept
      ? `${words} leaves the stack and stays in the account`
      : `${words} is removed`;
  if (change.action === "import") return `${words} that is there already comes into the stack`;
  if (change.action === "other") return `${words}: CloudFormation does not say what happens to it`;
  if (change.replaces === "yes")
    return `${words} is removed and made anew, because of ${properties || "its properties"}`;
  const maybe = change.replaces === "maybe" ? ", and may be made anew" : "";
  return properties === "" ? `${words} changes${maybe}` : `${words} changes: ${properties}${maybe}`;
}
