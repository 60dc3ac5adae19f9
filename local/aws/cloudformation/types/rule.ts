import { parseBody } from "../../input.ts";
import { arnOf, invalidRequest, nameOr } from "./names.ts";
import { recorded } from "./recorded.ts";

/** A rule on the default bus; `events/rules.ts` delivers what matches to the targets that are queues. */
export const rule = recorded({
  type: "AWS::Events::Rule",
  check: (_context, { EventPattern, ScheduleExpression }) => {
    if (EventPattern === undefined && ScheduleExpression === undefined) {
      throw invalidRequest("Parameter(s) EventPattern, ScheduleExpression must be specified.");
    }
    if (typeof EventPattern === "string") parseBody(EventPattern);
  },
  toResource: (context, { Name }, before) => {
    const name = before?.physicalId ?? nameOr(context, Name);
    return { physicalId: name, attributes: { Arn: arnOf(context.site, "events", `rule/${name}`) } };
  },
});
