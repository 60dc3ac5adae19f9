import { isDeepStrictEqual } from "node:util";
import type { Json } from "../answers.ts";
import { AwsError, conflict } from "../errors.ts";
import { pageOf } from "../input.ts";
import type { RestCall, RestGap, RestRoute } from "../rest.ts";
import type { Site } from "../service.ts";
import { invalid, type ScheduleRequest, toName, toScheduleRequest } from "./requests.ts";
import { firstAttempt, type Schedule } from "./schedules.ts";

/** CreateSchedule: a name is taken once in its group, but the same client token answers what it made. */
async function createSchedule({ site, params, body }: RestCall): Promise<Json> {
  const request = toScheduleRequest("CreateSchedule", { ...body, Name: params.name });
  requireGroup(site, request.GroupName);
  const clientToken = typeof body.ClientToken === "string" ? body.ClientToken : "";
  const existing = site.schedules.get(request.GroupName, request.Name);
  if (existing !== undefined) {
    const same = clientToken !== "" && existing.clientToken === clientToken;
    if (same && isDeepStrictEqual(existing.request, request)) return arnAnswer(site, request);
    throw conflict(`Schedule ${request.Name} already exists.`);
  }
  const now = site.world.now();
  await site.schedules.put({ ...fresh(request, now), clientToken, createdAt: now });
  return arnAnswer(site, request);
}

/** UpdateSchedule replaces everything: what is not given again falls back to its default (Scheduler API reference). */
async function updateSchedule({ site, params, body }: RestCall): Promise<Json> {
  const request = toScheduleRequest("UpdateSchedule", { ...body, Name: params.name });
  const existing = findSchedule(site, request.GroupName, request.Name);
  const oldAt = site.faults.takeSchedule() === null ? null : existing.nextAt;
  await site.schedules.put({ ...existing, ...fresh(request, site.world.now()), oldAt });
  return arnAnswer(site, request);
}

const fresh = (request: ScheduleRequest, now: number) => ({
  ...{ request, modifiedAt: now, nextAt: firstAttempt(request, now) },
  ...{ attempts: 0, firstAt: null, oldAt: null },
});

function getSchedule({ site, params, query }: RestCall): Json {
  const schedule = findSchedule(site, query.get("groupName"), params.name);
  const { Target, FlexibleTimeWindow, Description, ...request } = schedule.request;
  const { ScheduleExpression, ScheduleExpressionTimezone, ActionAfterCompletion } = request;
  return {
    ...toSummary(site, schedule),
    ...{ Description, ScheduleExpression, ScheduleExpressionTimezone },
    ...{ ActionAfterCompletion, FlexibleTimeWindow, Target },
  };
}

async function deleteSchedule({ site, params, query }: RestCall): Promise<Json> {
  await site.schedules.remove(findSchedule(site, query.get("groupName"), params.name));
  return {};
}

function listSchedules({ site, query }: RestCall): Json {
  const group = query.get("ScheduleGroup");
  if (group !== null) requireGroup(site, group);
  const prefix = query.get("NamePrefix") ?? "";
  const state = query.get("State");
  const found = site.schedules
    .list()
    .filter(({ request }) => group === null || request.GroupName === group)
    .filter(({ request }) => request.Name.startsWith(prefix))
    .filter(({ request }) => state === null || request.State === state)
    .map((schedule) => ({
      ...toSummary(site, schedule),
      Target: { Arn: schedule.request.Target.Arn },
    }))
    .toSorted((left, right) => left.Arn.localeCompare(right.Arn));
  const asked = { size: query.get("MaxResults"), token: query.get("NextToken"), most: 100 };
  const refuse = (problem: string) => invalid([problem]);
  const { items, nextToken } = pageOf(found, { ...asked, refuse });
  return { Schedules: items, NextToken: nextToken };
}

async function createScheduleGroup({ site, params }: RestCall): Promise<Json> {
  const name = toName("Name", params.name);
  if (site.schedules.groupSince(name) !== undefined) {
    throw conflict(`Schedule group ${name} already exists.`);
  }
  await site.schedules.putGroup(name, site.world.now());
  return { ScheduleGroupArn: groupArnOf(site, name) };
}

function getScheduleGroup({ site, params }: RestCall): Json {
  const name = toName("Name", params.name);
  const since = requireGroup(site, name) / 1000;
  const dates = { CreationDate: since, LastModificationDate: since };
  return { Arn: groupArnOf(site, name), Name: name, State: "ACTIVE", ...dates };
}

/** DeleteScheduleGroup: its schedules go too; `default` stays (Scheduler API reference). */
async function deleteScheduleGroup({ site, params }: RestCall): Promise<Json> {
  const name = toName("Name", params.name);
  requireGroup(site, name);
  if (name === "default") throw invalid(["Name: the default group cannot be deleted"]);
  await site.schedules.removeGroup(name);
  return {};
}

const schedule = "/schedules/:name";
const group = "/schedule-groups/:name";

export const schedulerRoutes: readonly RestRoute[] = [
  { operation: "ListSchedules", method: "GET", path: "/schedules", handle: listSchedules },
  { operation: "CreateSchedule", method: "POST", path: schedule, handle: createSchedule },
  { operation: "GetSchedule", method: "GET", path: schedule, handle: getSchedule },
  { operation: "UpdateSchedule", method: "PUT", path: schedule, handle: updateSchedule },
  { operation: "DeleteSchedule", method: "DELETE", path: schedule, handle: deleteSchedule },
  { operation: "CreateScheduleGroup", method: "POST", path: group, handle: createScheduleGroup },
  { operation: "GetScheduleGroup", method: "GET", path: group, handle: getScheduleGroup },
  { operation: "DeleteScheduleGroup", method: "DELETE", path: group, handle: deleteScheduleGroup },
];

export const schedulerGaps: readonly RestGap[] = [
  { operation: "ListScheduleGroups", method: "GET", path: "/schedule-groups" },
  { operation: "ListTagsForResource", method: "GET", path: "/tags/:arn" },
  { operation: "TagResource", method: "POST", path: "/tags/:arn" },
  { operation: "UntagResource", method: "DELETE", path: "/tags/:arn" },
];

/** Dates are epoch seconds on this service's wire. */
function toSummary(site: Site, { request, createdAt, modifiedAt }: Schedule) {
  const { Name, GroupName, State } = request;
  const dates = { CreationDate: createdAt / 1000, LastModificationDate: modifiedAt / 1000 };
  return { Arn: scheduleArnOf(site, request), Name, GroupName, State, ...dates };
}

function findSchedule(site: Site, groupName: string | null, name: string | undefined): Schedule {
  const group = toName("GroupName", groupName ?? "default");
  const found = site.schedules.get(group, toName("Name", name));
  if (found === undefined) throw notThere(`Schedule ${name} does not exist.`);
  return found;
}

function requireGroup(site: Site, group: string): number {
  const since = site.schedules.groupSince(group);
  if (since === undefined) throw notThere(`Schedule group ${group} does not exist.`);
  return since;
}

const notThere = (message: string) => new AwsError("ResourceNotFoundException", 404, { message });

const arnAnswer = (site: Site, request: ScheduleRequest) => ({
  ScheduleArn: scheduleArnOf(site, request),
});

export const scheduleArnOf = ({ region }: Site, { GroupName, Name }: ScheduleRequest) =>
  `arn:aws:scheduler:${region}:000000000000:schedule/${GroupName}/${Name}`;

export const groupArnOf = ({ region }: Site, name: string) =>
  `arn:aws:scheduler:${region}:000000000000:schedule-group/${name}`;
