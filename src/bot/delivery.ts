import * as z from "zod";
import type { Claimed } from "./people.ts";

/** Where an answer can go. */
export type Place = { conversationId: string | null; responseUrl: string | null };

/** What somebody did in Slack, as far as patchbay understands it. */
export type Delivery = Deed & {
  /** The same however often Slack delivers it. */
  key: string;
  /** The call of AWS that brought it, which AWS makes again when it was broken off; see `Deliveries`. */
  call?: string | null;
  teamId: string | null;
  person: Claimed;
  place: Place;
};

type Deed =
  | { kind: "command"; text: string }
  | { kind: "button"; value: string | null }
  | { kind: "home" };

/** A delivery as it reads; it may name no id of its own. */
type Read = Deed & Omit<Delivery, "key" | keyof Deed> & { key: string | null };

const id = z.string().min(1).max(200);
const ownKey = id.nullish().transform((key) => key ?? null);
const words = z.string().max(200_000);

const command = z
  .object({
    command: z.literal("/stream"),
    text: words.default(""),
    team_id: id.nullish(),
    user_id: id,
    user_name: words.default(""),
    channel_id: id,
    response_url: words.optional(),
    trigger_id: ownKey,
  })
  .transform(
    (it): Read => ({
      kind: "command",
      key: it.trigger_id,
      teamId: it.team_id ?? null,
      person: { userId: it.user_id, name: it.user_name || it.user_id, teamId: null },
      place: { conversationId: it.channel_id, responseUrl: it.response_url ?? null },
      text: it.text,
    }),
  );

const pressed = z.object({
  type: z.literal("button"),
  action_id: id,
  value: words.nullish(),
});

/** Slack sends one action a payload, and an empty list for none (docs.slack.dev, block_actions payload). */
const press = z
  .object({
    type: z.literal("block_actions"),
    trigger_id: ownKey,
    team: z.object({ id }).nullish(),
    user: z.object({ id, username: words.optional(), team_id: id.nullish() }),
    channel: z.object({ id }).nullish(),
    response_url: words.nullish(),
    actions: z.array(z.unknown()).min(1),
  })
  .transform((it): Read => {
    const action = pressed.safeParse(it.actions[0]).data;
    const ours = action?.action_id.startsWith("run:") === true;
    return {
      kind: "button",
      key: it.trigger_id,
      teamId: it.team?.id ?? null,
      person: {
        userId: it.user.id,
        name: it.user.username ?? it.user.id,
        teamId: it.user.team_id ?? null,
      },
      place: { conversationId: it.channel?.id ?? null, responseUrl: it.response_url ?? null },
      value: ours ? (action.value ?? null) : null,
    };
  });

const homeOpened = z
  .object({
    type: z.literal("event_callback"),
    team_id: id.nullish(),
    event_id: ownKey,
    event: z.object({
      type: z.literal("app_home_opened"),
      user: id,
      tab: z.literal("home").optional(),
    }),
  })
  .transform(
    (it): Read => ({
      kind: "home",
      key: it.event_id,
      teamId: it.team_id ?? null,
      person: { userId: it.event.user, name: it.event.user, teamId: null },
      place: { conversationId: null, responseUrl: null },
    }),
  );

const delivery = z.union([command, press, homeOpened]);

/**
 * Reads what Slack delivered; null for anything that patchbay does not know, or that has not its shape. `key` is for a
 * delivery without an id, which is refused otherwise: nobody could tell whether it came before.
 */
export function parseDelivery(payload: unknown, key: string | null): Delivery | null {
  const { data } = delivery.safeParse(payload);
  const known = data?.key ?? key;
  return data === undefined || known === null ? null : { ...data, key: known };
}

const buttonValue = z.object({
  c: z.string().min(1).max(2_000),
  seen: z.string().max(2_000).nullable().default(null),
  ok: z.boolean().default(false),
});

/** What a pressed button carries; null for a value that patchbay has not written. */
export function parseButtonValue(value: string | null) {
  try {
    return buttonValue.safeParse(JSON.parse(value ?? "")).data ?? null;
  } catch {
    return null;
  }
}
