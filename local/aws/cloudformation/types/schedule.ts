import type { Json } from "../../answers.ts";
import { groupArnOf, schedulerRoutes } from "../../scheduler/scheduler.ts";
import { callRest } from "./call-rest.ts";
import { nameOr } from "./names.ts";
import type { Context, Resource, ResourceType } from "./resource-type.ts";

/** Real groups of the local Scheduler. */
export const scheduleGroup: ResourceType = {
  type: "AWS::Scheduler::ScheduleGroup",
  create: async (context, properties) => {
    const name = nameOr(context, properties.Name);
    await callRest(context, schedulerRoutes, {
      operation: "CreateScheduleGroup",
      params: { name },
    });
    return toGroup(context, name);
  },
  update: (context, { physicalId }) => toGroup(context, physicalId),
  remove: async (context, { physicalId: name }) => {
    await callRest(context, schedulerRoutes, {
      operation: "DeleteScheduleGroup",
      params: { name },
    });
  },
};

function toGroup({ site }: Context, name: string): Resource {
  const now = new Date(site.world.now()).toISOString();
  const dates = { CreationDate: now, LastModificationDate: now };
  return {
    physicalId: name,
    attributes: { Arn: groupArnOf(site, name), State: "ACTIVE", ...dates },
  };
}

/** Real schedules of the local Scheduler, which knows one-time ones only. */
export const schedule: ResourceType = {
  type: "AWS::Scheduler::Schedule",
  create: (context, properties) => put(context, "CreateSchedule", properties),
  update: (context, { physicalId }, properties) =>
    put(context, "UpdateSchedule", { ...properties, Name: physicalId }),
  remove: async (context, { physicalId: name, properties }) => {
    const query = { groupName: String(properties.GroupName ?? "default") };
    await callRest(context, schedulerRoutes, {
      operation: "DeleteSchedule",
      params: { name },
      query,
    });
  },
};

async function put(context: Context, operation: string, properties: Json): Promise<Resource> {
  const name = nameOr(context, properties.Name);
  const call = { operation, params: { name }, body: properties };
  const { ScheduleArn } = await callRest(context, schedulerRoutes, call);
  return { physicalId: name, attributes: { Arn: ScheduleArn } };
}
