import { referencesIn } from "./references.ts";
import { validationError } from "./refusals.ts";
import type { Template } from "./template.ts";

/** For each resource the resources that must be there before it. */
export type Graph = Readonly<Record<string, readonly string[]>>;

/** Dependencies by Ref, Fn::GetAtt, Fn::Sub and DependsOn; those in a circle are refused. */
export function toGraph({ resources }: Template): Graph {
  const graph = Object.fromEntries(
    Object.entries(resources).map(([id, { Properties, DependsOn }]) => {
      const named = [...referencesIn(Properties).map(({ to }) => to), ...DependsOn];
      return [id, [...new Set(named)].filter((name) => name in resources)];
    }),
  );
  const left = circular(graph);
  if (left.length === 0) return graph;
  throw validationError(`Circular dependency between resources: [${left.join(", ")}]`);
}

/** What is left when everything whose dependencies are met is taken away again and again. */
function circular(graph: Graph): string[] {
  let left = Object.keys(graph);
  for (;;) {
    const waiting = left.filter((id) => graph[id]?.some((other) => left.includes(other)));
    if (waiting.length === left.length) return left;
    left = waiting;
  }
}

/** The same with every arrow turned round: what must be gone before it. */
export function reversed(graph: Graph): Graph {
  const ids = Object.keys(graph);
  return Object.fromEntries(
    ids.map((id) => [id, ids.filter((other) => graph[other]?.includes(id))]),
  );
}

/** Ids in an order in which each comes after what it depends on. */
export function inOrder(graph: Graph): string[] {
  const order: string[] = [];
  let left = Object.keys(graph);
  while (left.length > 0) {
    const ready = left.filter((id) => !graph[id]?.some((other) => left.includes(other)));
    order.push(...ready);
    left = left.filter((id) => !ready.includes(id));
    if (ready.length === 0) break;
  }
  return order;
}

/**
 * Runs `step` for each id as soon as what it depends on is done. After a failure nothing new begins, what runs is waited
 * for, and the ids that never began are answered.
 */
export async function walk(graph: Graph, step: (id: string) => Promise<void>): Promise<Walked> {
  const done = new Map<string, Promise<void>>();
  const walked: Walked = { failed: [], left: [] };
  const run = async (id: string) => {
    await Promise.all((graph[id] ?? []).map((other) => done.get(other)));
    if (walked.failed.length > 0) return void walked.left.push(id);
    try {
      await step(id);
    } catch (error) {
      walked.failed.push({ id, error });
    }
  };
  for (const id of inOrder(graph)) done.set(id, run(id));
  await Promise.all(done.values());
  return walked;
}

export type Walked = { failed: { id: string; error: unknown }[]; left: string[] };
