import { join } from "node:path";
import { z } from "zod";
import { createSaver, loadSaved } from "../../saved.ts";
import { momentOf, type ScheduleRequest, scheduleRequest } from "./requests.ts";

const schedule = z.object({
  request: scheduleRequest,
  /** Of the creation; a repeated one is answered with what it made. */
  clientToken: z.string(),
  createdAt: z.number(),
  modifiedAt: z.number(),
  /** Epoch milliseconds of the next attempt; null when it is disabled or over. */
  nextAt: z.number().nullable(),
  /** Epoch milliseconds of a time that was replaced, and at which it runs all the same; null when there is none. */
  oldAt: z.number().nullable().default(null),
  attempts: z.number(),
  /** Epoch milliseconds of the first attempt. */
  firstAt: z.number().nullable(),
});

export type Schedule = z.infer<typeof schedule>;

const saved = z.object({ groups: z.record(z.string(), z.number()), schedules: z.array(schedule) });

/** Schedules and their groups; with a home each change is on disk before its answer leaves. */
export type Schedules = {
  list(): Schedule[];
  get(group: string, name: string): Schedule | undefined;
  put(schedule: Schedule): Promise<void>;
  remove(schedule: Schedule): Promise<void>;
  /** Epoch milliseconds of the group's creation; the group `default` has always been there. */
  groupSince(group: string): number | undefined;
  putGroup(group: string, now: number): Promise<void>;
  /** Its schedules go with it. */
  removeGroup(group: string): Promise<void>;
  onChange(listener: () => void): void;
};

export async function openSchedules(home: string | null): Promise<Schedules> {
  const path = home === null ? null : join(home, "schedules.json");
  const before = path === null ? null : await loadSaved(path, parseSaved);
  const groups = new Map(Object.entries(before?.groups ?? { default: 0 }));
  const schedules = new Map(before?.schedules.map((each) => [keyOf(each.request), each]));
  const snapshot = () => ({
    groups: Object.fromEntries(groups),
    schedules: [...schedules.values()],
  });
  const saver = path === null ? null : createSaver(path, snapshot);
  const listeners: (() => void)[] = [];
  const changed = async () => {
    for (const listener of listeners) listener();
    await saver?.save();
  };
  return {
    list: () => [...schedules.values()],
    get: (group, name) => schedules.get(keyOf({ GroupName: group, Name: name })),
    put: (each) => {
      schedules.set(keyOf(each.request), each);
      return changed();
    },
    remove: (each) => {
      schedules.delete(keyOf(each.request));
      return changed();
    },
    groupSince: (group) => groups.get(group),
    putGroup: (group, now) => {
      groups.set(group, now);
      return changed();
    },
    removeGroup: (group) => {
      groups.delete(group);
      for (const [key, { request }] of schedules) {
        if (request.GroupName === group) schedules.delete(key);
      }
      return changed();
    },
    onChange: (listener) => void listeners.push(listener),
  };
}

const minuteMs = 60_000;

/**
 * When a schedule written now is tried first: at the first whole minute that is not before its time (the precision of
 * Scheduler is 60 s); at once when its time is over; never when it is disabled.
 */
export function firstAttempt(request: ScheduleRequest, now: number): number | null {
  if (request.State === "DISABLED") return null;
  const at = momentOf(request);
  return at <= now ? now : Math.ceil(at / minuteMs) * minuteMs;
}

const keyOf = ({ GroupName, Name }: Pick<ScheduleRequest, "GroupName" | "Name">) =>
  `${GroupName}/${Name}`;

const parseSaved = (value: unknown) => saved.safeParse(value).data ?? null;
