import { type Context, Hono } from "hono";
import { z } from "zod";
import type { LocalAws } from "./aws/aws.ts";
import { AwsError } from "./aws/errors.ts";
import { type Fault, faultKinds, misfitOf } from "./aws/faults.ts";
import { registration } from "./aws/functions/registration.ts";
import { actOnChannel, type ChannelAction } from "./aws/medialive/actions.ts";
import type { WorldClock } from "./clock.ts";
import { createFollowers } from "./followers.ts";
import { refuseOtherSites } from "./other-sites.ts";
import type { ConsoleWorld } from "./slack/console-api.ts";
import type { World } from "./world.ts";

const sourceSwitch = z.object({
  connected: z.boolean(),
  bitrateBps: z.number().int().positive().optional(),
});

const fault = z.object({
  service: z.string(),
  operation: z.string(),
  kind: z.enum(faultKinds),
  times: z.number().int().positive().default(1),
});

const longestJump = 10_080;
const howFar = `Say how many whole minutes the clock goes forward, 1 to ${longestJump} (a week), for example {"forwardMinutes": 60}.`;

const jump = z.object(
  {
    forwardMinutes: z.number({ error: howFar }).int(howFar).min(1, howFar).max(longestJump, howFar),
  },
  { error: howFar },
);

/** A region without channels is of no use, and AWS raises quotas one by one. */
const quotas = z.object({ channels: z.number().int().min(1).max(100) });

/** A follower's question; anything else is answered at once. */
const following = z.object({ follower: z.string().min(1), heard: z.coerce.number() });

/**
 * What people and tests do to the world from outside: the source switch, the AWS console behind the bot's back, faults
 * of AWS (`GET`, `POST`, `DELETE /world/faults`), its quotas (`GET`, `POST /world/quotas`), its newest events
 * (`GET /world/events`), its functions (`/world/functions`, as the faults) and the clock (`/world/clock`, as the faults). `GET /world/clock?follower=<name>&heard=<offsetMs>` waits for the next step, as `followers.ts` tells.
 */
export function controlRoutes(world: World, aws: LocalAws, clock: WorldClock): Hono {
  const app = new Hono();
  const nextStep = createFollowers(world, clock);
  app.use(refuseOtherSites);
  app.post("/world/source", (context) =>
    withBody(context, sourceSwitch, (reading) => switchSource(world, reading)),
  );
  for (const action of ["start", "stop"] as const) {
    app.post(`/world/channels/:id/${action}`, (context) =>
      reply(context, () => actByHand({ world, life: aws.life }, context.req.param("id"), action)),
    );
  }
  app.get("/world/faults", (context) => context.json({ ok: true, faults: aws.faults.list() }));
  app.post("/world/faults", (context) =>
    withBody(context, fault, (wanted) => addFault(aws, wanted)),
  );
  app.delete("/world/faults", (context) => reply(context, () => aws.faults.clear()));
  app.get("/world/quotas", (context) => context.json({ ok: true, quotas: aws.quotas }));
  app.post("/world/quotas", (context) =>
    withBody(context, quotas, (wanted) => void Object.assign(aws.quotas, wanted)),
  );
  app.get("/world/events", (context) => context.json({ ok: true, events: aws.events.recent() }));
  app.get("/world/functions", (context) => context.json({ ok: true, ...aws.functions.list() }));
  app.post("/world/functions", (context) =>
    withBody(context, registration, (wanted) => aws.functions.register(wanted)),
  );
  app.delete("/world/functions", (context) => reply(context, aws.functions.clear));
  app.get("/world/clock", async (context) => {
    const { data } = following.safeParse(context.req.query());
    const gone = context.req.raw.signal;
    if (data) await nextStep({ who: data.follower, heardMs: data.heard, gone });
    return context.json({ ok: true, ...timeOf(world, clock) });
  });
  app.post("/world/clock", (context) =>
    withBody(context, jump, ({ forwardMinutes }) => moveClock(clock, forwardMinutes)),
  );
  app.delete("/world/clock", (context) => reply(context, clock.stop));
  return app;
}

class Refused extends Error {}

async function withBody<T>(context: Context, body: z.ZodType<T>, effect: (value: T) => void) {
  const parsed = body.safeParse(await context.req.json().catch(() => undefined));
  return parsed.success
    ? reply(context, () => effect(parsed.data))
    : context.json({ ok: false, error: z.prettifyError(parsed.error) }, 400);
}

function reply(context: Context, effect: () => void) {
  try {
    effect();
    return context.json({ ok: true });
  } catch (error) {
    if (!(error instanceof Refused || error instanceof AwsError)) throw error;
    return context.json({ ok: false, error: error.message }, 409);
  }
}

function switchSource(world: World, reading: z.infer<typeof sourceSwitch>) {
  if (world.data.source.by === "media") {
    throw new Refused("The source is measured on real media here; start or end the feed instead.");
  }
  const { connected } = reading;
  const bitrateBps = connected ? (reading.bitrateBps ?? null) : null;
  const changed = connected !== world.data.source.connected;
  world.change(({ source }) => {
    const changedAt = changed ? world.now() : source.changedAt;
    Object.assign(source, { connected, bitrateBps, changedAt });
  });
  if (changed) world.log(`Source ${connected ? "connected" : "lost"}`);
}

type Site = Parameters<typeof actOnChannel>[0];

function actByHand(site: Site, id: string, action: Extract<ChannelAction, "start" | "stop">) {
  const { name } = actOnChannel(site, id, action);
  site.world.log(`Somebody pressed ${action} for ${name} in the AWS console`);
}

function addFault(aws: LocalAws, wanted: Fault) {
  const known = aws.faultable[wanted.service];
  if (known === undefined) throw new Refused(`There is no service ${wanted.service} here.`);
  if (wanted.operation !== "*" && !known.includes(wanted.operation)) {
    throw new Refused(`${wanted.service} ${wanted.operation} is not part of the local AWS yet.`);
  }
  const misfit = misfitOf(wanted);
  if (misfit !== null) throw new Refused(misfit);
  aws.faults.add(wanted);
}

/** `target` is the world's time at which a jump ends; null when none is under way. */
function timeOf(world: World, clock: WorldClock) {
  const now = world.now();
  const { offsetMs, jump } = world.data.clock;
  return { now, offsetMs, target: jump === null ? null : now + clock.leftMs() };
}

function moveClock(clock: WorldClock, minutes: number) {
  if (clock.leftMs() + minutes * 60_000 > longestJump * 60_000) {
    throw new Refused(
      "The clock goes forward by a week at most; wait until it stands, or stop it.",
    );
  }
  clock.forward(minutes);
}

/** What the console needs to know of real media. */
export type MediaView = ConsoleWorld["media"] & { watch(channelId: string): string | null };

/** Ids are made by chance, so that they give no order to look at. */
const inOrder = ["primary", "youtube", "twitch", "linkedin"];
const rankOf = ({ platform }: { platform: string }): number =>
  inOrder.includes(platform) ? inOrder.indexOf(platform) : inOrder.length;

/** The world as the console shows it: states and figures, no address or key of a destination. */
export function toConsoleWorld(world: World, media: MediaView): ConsoleWorld {
  const { clock, flow, source, channels, outputs, events } = world.data;
  return {
    clock: { ...clock },
    flow: flow === null ? null : { name: flow.name, status: flow.status },
    source: { ...source },
    channels: Object.values(channels)
      .filter(({ state }) => state !== "DELETED")
      .toSorted((left, right) => rankOf(left) - rankOf(right))
      .map(({ id, name, platform, output, state, changedAt }) => {
        const real = outputs[id];
        return {
          ...{ id, name, platform, output, state, changedAt },
          media: real ? { status: real.status, detail: real.detail } : null,
          watch: media.watch(id),
        };
      }),
    events: events.map((event) => ({ ...event })),
    media: { installed: media.installed, note: media.note, srt: media.srt },
  };
}
