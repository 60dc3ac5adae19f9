import type { Json } from "../answers.ts";
import { readMembers } from "../members.ts";
import type { RestCall } from "../rest.ts";
import { failoverProblems } from "./failover.ts";
import { toFlow } from "./flow.ts";
import { changeSpec, requireChangeable } from "./flows.ts";
import { flowUpdateMembers } from "./members.ts";
import { badFlow } from "./refusals.ts";

/** UpdateFlow: failover, monitoring and maintenance; sources and outputs have operations of their own. */
export function updateFlow({ site, params, body }: RestCall): Json {
  const { spec } = requireChangeable(site, params.arn);
  const asked = readMembers(flowUpdateMembers, body, {
    ...{ service: "mediaconnect", operation: "UpdateFlow", refuse: badFlow },
  });
  const sourceFailoverConfig =
    asked.sourceFailoverConfig === undefined
      ? spec.sourceFailoverConfig
      : { ...spec.sourceFailoverConfig, ...asked.sourceFailoverConfig };
  const problems = failoverProblems(spec.sources, sourceFailoverConfig);
  if (problems.length > 0) throw badFlow(problems);
  const flow = changeSpec(site, (each) => {
    Object.assign(each, { sourceFailoverConfig });
    Object.assign(each.maintenance, asked.maintenance);
    Object.assign(each.sourceMonitoringConfig, asked.sourceMonitoringConfig);
  });
  return { flow: toFlow(site, flow) };
}
