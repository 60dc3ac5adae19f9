import { AwsError } from "../errors.ts";
import type { Site } from "../service.ts";
import { scheduleArnOf } from "./scheduler.ts";
import type { Schedule } from "./schedules.ts";
import { nameOf, runTarget } from "./targets.ts";

/** Runs schedules when they are due, whoever is connected. */
export type Firing = { close(): void };

/** No timer is trusted for longer than this, because the timers of a machine that slept lie. */
const longestWaitMs = 60_000;

/** What fell due while the world was down runs at once, and what a jump of the clock passes runs on the way. */
export function createFiring(site: Site): Firing {
  const { world, schedules } = site;
  let timer: NodeJS.Timeout | undefined;

  const rearm = () => {
    clearTimeout(timer);
    const next = Math.min(...schedules.list().flatMap(timesOf));
    if (next === Number.POSITIVE_INFINITY) return;
    timer = setTimeout(fireDue, Math.min(Math.max(next - world.now(), 0), longestWaitMs));
  };

  const fireDue = () => {
    for (const schedule of schedules.list())
      if (isOldDue(schedule, world.now())) fireOld(site, schedule);
    for (const schedule of dueAt(schedules.list(), world.now())) fire(site, schedule);
    rearm();
  };

  const forget = world.onJump(fireDue);
  schedules.onChange(rearm);
  rearm();
  return {
    close: () => {
      forget();
      clearTimeout(timer);
    },
  };
}

const timesOf = ({ nextAt, oldAt }: Schedule) => [nextAt, oldAt].filter((at) => at !== null);

const isOldDue = ({ oldAt }: Schedule, now: number) => oldAt !== null && oldAt <= now;

/** Once, and without a word to the schedule, which still has its new time before it. */
function fireOld(site: Site, schedule: Schedule) {
  const { Name, Target } = schedule.request;
  const failure = attempt(site, schedule);
  const how = failure === null ? "ran" : "could not run";
  site.world.log(`The schedule ${Name} ${how} ${nameOf(Target.Arn)} at its old time`);
  keep(site.schedules.put({ ...schedule, oldAt: null }));
}

const dueAt = (schedules: Schedule[], now: number) =>
  schedules
    .filter(({ nextAt }) => nextAt !== null && nextAt <= now)
    .toSorted((left, right) => (left.nextAt ?? 0) - (right.nextAt ?? 0));

function fire(site: Site, schedule: Schedule) {
  const { Name, Target } = schedule.request;
  const failure = attempt(site, schedule);
  if (failure === null) {
    site.world.log(`The schedule ${Name} ran ${nameOf(Target.Arn)}`);
    return complete(site, schedule);
  }
  const now = site.world.now();
  const tried = { ...schedule, attempts: schedule.attempts + 1, firstAt: schedule.firstAt ?? now };
  const nextAt = now + waitMs(schedule.attempts);
  const condition = exhaustionOf(tried, nextAt);
  if (!isFinal(failure) && condition === null)
    return keep(site.schedules.put({ ...tried, nextAt }));
  giveUp(site, tried, { failure, condition });
  complete(site, tried);
}

function attempt(site: Site, { request }: Schedule): AwsError | null {
  try {
    runTarget(site, request.Target);
    return null;
  } catch (error) {
    if (error instanceof AwsError) return error;
    throw error;
  }
}

/** A bad input and a missing resource stay bad; AWS does not say whether it tries a wrong state again, here it does. */
const isFinal = ({ code }: AwsError) =>
  ["SerializationException", "ValidationException", "NotFoundException"].includes(code);

/** Doubling from one second up to a minute. */
const waitMs = (attempts: number) => Math.min(2 ** attempts * 1000, 60_000);

type Condition = "MaximumRetryAttempts" | "MaximumEventAgeInSeconds";

/** Which limit of the retry policy an attempt at `nextAt` would break; the first attempt is not a retry. */
function exhaustionOf({ request, attempts, firstAt }: Schedule, nextAt: number): Condition | null {
  const policy = request.Target.RetryPolicy;
  if (attempts > policy.MaximumRetryAttempts) return "MaximumRetryAttempts";
  const ageMs = nextAt - (firstAt ?? nextAt);
  return ageMs > policy.MaximumEventAgeInSeconds * 1000 ? "MaximumEventAgeInSeconds" : null;
}

type Loss = { failure: AwsError; condition: Condition | null };

/** Sends what could not be done to the dead-letter queue, if there is one; otherwise it is only told. */
function giveUp(site: Site, schedule: Schedule, { failure, condition }: Loss) {
  const { request, attempts } = schedule;
  const { Arn, DeadLetterConfig, Input } = request.Target;
  const what = `The schedule ${request.Name} could not run ${nameOf(Arn)} (${failure.code})`;
  const queue = site.queues.get(DeadLetterConfig?.Arn.split(":").at(-1) ?? "");
  if (queue === undefined) return site.world.log(`${what} and dropped it`);
  const attributes = Object.entries({
    ERROR_CODE: failure.code,
    ERROR_MESSAGE: failure.message,
    ...(condition === null ? {} : { EXHAUSTED_RETRY_CONDITION: condition }),
    RETRY_ATTEMPTS: String(attempts - 1),
    SCHEDULE_ARN: scheduleArnOf(site, request),
    TARGET_ARN: Arn,
  }).map(([name, StringValue]) => [name, { DataType: "String", StringValue }]);
  site.queues.send(queue, { body: Input ?? "{}", attributes: Object.fromEntries(attributes) });
  site.world.log(`${what}: it is in ${queue.name}`);
}

/** A one-time schedule that is over stays, unless it was told to delete itself. */
function complete({ schedules }: Site, schedule: Schedule) {
  const over = schedule.request.ActionAfterCompletion === "DELETE";
  keep(over ? schedules.remove(schedule) : schedules.put({ ...schedule, nextAt: null }));
}

/** A write that fails here is made up for by the next one. */
const keep = (saved: Promise<void>) => void saved.catch(() => undefined);
