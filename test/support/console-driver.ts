import { vi } from "vitest";
import type { ConsoleMessage, ConsoleState } from "../../local/slack/console-api.ts";
import { people } from "../../local/slack/people.ts";

const idOf = (name: string): string => people.find((person) => person.name === name)?.id ?? name;

/** A button as it stands in a message. */
export type Pressable = {
  messageTs: string;
  blockId: string;
  actionId: string;
  value: string;
  label: string;
};

type Element = {
  type: string;
  action_id?: string;
  value?: string;
  text?: { text: string };
  accessory?: Element;
  elements?: Element[];
  block_id?: string;
};

/** Every button of a message, in order. */
export function buttonsOf(message: ConsoleMessage): Pressable[] {
  return (message.blocks as Element[]).flatMap((block) => {
    const elements = [...(block.elements ?? []), ...(block.accessory ? [block.accessory] : [])];
    return elements
      .filter((element) => element.type === "button")
      .map((element) => ({
        messageTs: message.ts,
        blockId: block.block_id ?? "",
        actionId: element.action_id ?? "",
        value: element.value ?? "",
        label: element.text?.text ?? "",
      }));
  });
}

/** All words of a message: its fallback text and everything its blocks say. */
export const wordsOf = (message: ConsoleMessage): string =>
  `${message.text}\n${JSON.stringify(message.blocks)}`;

/** A person's hands and eyes on the console's HTTP API, without a browser. */
export function consoleDriver(url: string) {
  const post = async (path: string, body: object): Promise<{ ok: boolean; error?: string }> => {
    const headers = { "content-type": "application/json" };
    const response = await fetch(`${url}${path}`, {
      method: "POST",
      headers,
      body: JSON.stringify(body),
    });
    return (await response.json()) as { ok: boolean; error?: string };
  };
  const state = async (name = "Ana"): Promise<ConsoleState> =>
    (await (await fetch(`${url}/console/state?person=${idOf(name)}`)).json()) as ConsoleState;
  const messages = async (name?: string) => (await state(name)).messages;
  const card = async (): Promise<ConsoleMessage | undefined> => (await cards()).at(-1);
  const cards = async (): Promise<ConsoleMessage[]> =>
    (await messages()).filter(
      (each) => each.author.isBot && !each.ephemeral && each.threadTs === null,
    );

  return {
    state,
    messages,
    card,
    cards,
    post,
    type: (text: string, name = "Ana") => post("/console/command", { person: idOf(name), text }),
    press: (button: Pressable, name = "Ana") => {
      const { label: _, ...pressed } = button;
      return post("/console/action", { person: idOf(name), ...pressed });
    },
    /** The lines of the story under a card, oldest first; many that waited stand in one message. */
    story: async (parentTs: string): Promise<string[]> =>
      (await messages())
        .filter((each) => each.threadTs === parentTs && each.ts !== parentTs)
        .flatMap(({ text }) => text.split("\n")),
    /** The newest message that only this person sees. */
    answer: async (name?: string) =>
      (await messages(name)).filter((each) => each.ephemeral && each.author.isBot).at(-1),
    /** State of one channel of the world, by platform. */
    channel: async (platform: string) =>
      (await state()).world.channels.find((each) => each.platform === platform)?.state,
    /** Waits until what is asked holds; the time is a bound for the test, not a measure. */
    until: <T>(ask: () => Promise<T>, timeout = 10_000): Promise<T> =>
      vi.waitFor(ask, { timeout, interval: 50 }),
  };
}

export type ConsoleDriver = ReturnType<typeof consoleDriver>;
