import type { Json } from "../answers.ts";
import { readMembers } from "../members.ts";
import type { RestCall } from "../rest.ts";
import { toOutputPart } from "./create.ts";
import { managedInputs, toOutput } from "./flow.ts";
import { changeSpec, requireChangeable } from "./flows.ts";
import { outputMembers, outputsMembers, outputUpdateMembers } from "./members.ts";
import { requirePorts } from "./ports.ts";
import { outputProblems } from "./protocols.ts";
import { badFlow } from "./refusals.ts";
import { findPart } from "./sources.ts";

/** AddFlowOutputs takes a list; outputs that MediaLive manages come and go with its inputs. */
export function addFlowOutputs({ site, params, body }: RestCall): Json {
  const flow = requireChangeable(site, params.arn);
  const asked = readMembers(outputsMembers, body, {
    ...{ service: "mediaconnect", operation: "AddFlowOutputs", refuse: badFlow },
  });
  const added = asked.outputs.map((output) => toOutputPart(flow.arn, output));
  requirePorts([...flow.spec.outputs, ...added], managedInputs(site.world.data, flow).length);
  changeSpec(site, (spec) => void spec.outputs.push(...added));
  return { flowArn: flow.arn, outputs: added.map(toOutput) };
}

export function updateFlowOutput({ site, params, body }: RestCall): Json {
  const flow = requireChangeable(site, params.arn);
  const output = findPart(flow.spec.outputs, params.output);
  const asked = readMembers(outputUpdateMembers, body, {
    ...{ service: "mediaconnect", operation: "UpdateFlowOutput", refuse: badFlow },
  });
  const next = { ...output, ...asked };
  const { arn, tags, ...request } = next;
  const problems = outputProblems(outputMembers.parse(request));
  if (problems.length > 0) throw badFlow(problems);
  const all = flow.spec.outputs.map((each) => (each.arn === arn ? next : each));
  requirePorts(all);
  changeSpec(site, (spec) => {
    spec.outputs = all;
  });
  return { flowArn: flow.arn, output: toOutput(next) };
}

export function removeFlowOutput({ site, params }: RestCall): Json {
  const flow = requireChangeable(site, params.arn);
  const { arn } = findPart(flow.spec.outputs, params.output);
  changeSpec(site, (spec) => {
    spec.outputs = spec.outputs.filter((output) => output.arn !== arn);
  });
  return { flowArn: flow.arn, outputArn: arn };
}
