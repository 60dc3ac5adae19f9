import { capabilitiesOf } from "../capabilities.ts";
import { checkTemplate } from "../check.ts";
import type { Engine } from "../engine.ts";
import { validationError } from "../refusals.ts";
import { type Asked, requireText } from "../requests.ts";
import { findStack } from "../states.ts";
import { parseTemplate, type Template } from "../template.ts";
import type { Operation } from "./operation.ts";

export const validateTemplate: Operation = (_engine, asked) => {
  const template = parseTemplate(requireText("templateBody", asked.TemplateBody));
  checkTemplate(template);
  return {
    Description: template.description ?? undefined,
    Parameters: toParameters(template).map(({ ParameterType: _type, ...parameter }) => parameter),
    ...toCapabilities(template),
  };
};

/** GetTemplate: as it was given, of the stack or of a change set. */
export const getTemplate: Operation = (engine, asked) => {
  const { StackName, ChangeSetName } = asked;
  const stack = findStack(engine, requireText("stackName", StackName));
  const changeSet = stack.changeSets.find(({ id, name }) =>
    [id, name].includes(ChangeSetName ?? ""),
  );
  if (ChangeSetName !== undefined && changeSet === undefined) {
    throw validationError(`ChangeSet [${ChangeSetName}] does not exist`);
  }
  const TemplateBody = (changeSet ?? stack).template;
  return { TemplateBody, StagesAvailable: ["Original", "Processed"] };
};

export const getTemplateSummary: Operation = (engine, asked) => {
  const template = parseTemplate(bodyOf(engine, asked));
  checkTemplate(template);
  return {
    Description: template.description ?? undefined,
    Parameters: toParameters(template),
    ...toCapabilities(template),
    ResourceTypes: [...new Set(Object.values(template.resources).map(({ Type }) => Type))],
    Version: "2010-09-09",
    Metadata: template.metadata === undefined ? undefined : JSON.stringify(template.metadata),
  };
};

const bodyOf = (engine: Engine, { TemplateBody, StackName }: Asked): string =>
  TemplateBody ?? findStack(engine, requireText("templateBody", StackName)).template;

const toParameters = ({ parameters }: Template) =>
  Object.entries(parameters).map(([name, declaration]) => ({
    ...{ ParameterKey: name, DefaultValue: declaration.Default },
    ParameterType: declaration.Type,
    NoEcho: String(declaration.NoEcho ?? false) === "true",
    Description: declaration.Description,
    ParameterConstraints: { AllowedValues: declaration.AllowedValues },
  }));

function toCapabilities(template: Template) {
  const { needed, types } = capabilitiesOf(template);
  if (needed.length === 0) return {};
  const CapabilitiesReason = `The following resource(s) require capabilities: [${types.join(", ")}]`;
  return { Capabilities: needed, CapabilitiesReason };
}
