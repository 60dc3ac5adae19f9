import type { Engine } from "./engine.ts";
import type { Deployment } from "./stacks.ts";
import { parseTemplate, type ResourceDeclaration } from "./template.ts";
import { resourceTypes, typeOf } from "./types/index.ts";

/** A resource that is there, whoever made it. */
export type StandingResource = { type: string; name: string };

/** What is there of the types that can be taken over. */
export async function standingIn(engine: Engine): Promise<StandingResource[]> {
  const all = resourceTypes.map(async ({ type, existing }) => {
    const names = (await existing?.list(engine)) ?? [];
    return names.map((name) => ({ type, name }));
  });
  return (await Promise.all(all)).flat();
}

/**
 * Which of the standing resources a deployment takes over, by logical id: the template has its name in clear, not by a
 * function, keeps it on deletion, and no stack has it (CloudFormation user guide, import resources automatically).
 */
export function adoptable(
  { stacks }: Engine,
  { template }: Pick<Deployment, "template">,
  standing: readonly StandingResource[],
): Record<string, string> {
  const owned = stacks.list().flatMap(({ resources }) => Object.values(resources));
  const isFree = (type: string, name: string) =>
    standing.some((each) => each.type === type && each.name === name) &&
    !owned.some((each) => each.type === type && each.physicalId === name);
  const entries = Object.entries(parseTemplate(template).resources).flatMap(([id, declaration]) => {
    const name = nameIn(declaration);
    return name !== null && isFree(declaration.Type, name) ? [[id, name]] : [];
  });
  return Object.fromEntries(entries);
}

/** Null for a name that a function tells, and for what goes with its stack. */
function nameIn({ Type, Properties, DeletionPolicy }: ResourceDeclaration): string | null {
  const name = Properties[typeOf(Type)?.existing?.name ?? ""];
  return typeof name === "string" && DeletionPolicy.startsWith("Retain") ? name : null;
}
