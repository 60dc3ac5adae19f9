import type { CommandLine, Commands } from "../commands/run.ts";
import { OpsError } from "../errors.ts";
import type { Clock, Deliveries, Ids, Log } from "../manager/ports.ts";
import { type Delivery, parseButtonValue } from "./delivery.ts";
import { explain } from "./explain.ts";
import type { People } from "./people.ts";
import type { Message } from "./render/blocks.ts";
import type { LeaseRule } from "./render/destination-buttons.ts";
import { homeRoom, messageRoom } from "./render/fit.ts";
import { toMessage } from "./render/reply.ts";

export type AnswerNeeds = {
  commands: Commands;
  deliveries: Deliveries;
  people: People;
  clock: Clock;
  ids: Ids;
  log: Log;
  /** The site's zone, and what a start is given unless asked otherwise. */
  site: LeaseRule & { zone: string };
};

/**
 * Does what a delivery of the workspace `teamId` asks for, and answers with what the person is to be told; null for one
 * that came before. It never throws: a failure is told like any other answer.
 */
export type AnswerTo = (delivery: Delivery, teamId: string) => Promise<Message | null>;

/** Nothing happens before the workspace is the right one, the delivery is new, and the person is known. */
export function createAnswerTo(needs: AnswerNeeds): AnswerTo {
  const { commands, deliveries, people, clock, site } = needs;
  const moment = () => ({ now: clock.now(), zone: site.zone });

  /** A stop twice is a stop once: it goes on where it cannot be told whether it came before. */
  async function isNew({ key, call = null }: Delivery, words: string): Promise<boolean> {
    try {
      return await deliveries.claim(key, call);
    } catch (error) {
      if (error instanceof OpsError && /^\s*stop\b/i.test(words)) return true;
      throw error;
    }
  }

  return async (delivery, teamId) => {
    try {
      if (delivery.teamId !== teamId)
        throw new OpsError("not-allowed", "This patchbay belongs to another workspace.");
      const line = toLine(delivery);
      if (!(await isNew(delivery, line.text))) return null;
      const asker = await people.look(delivery.person, teamId);
      const reply = await commands.run({ ...line, asker });
      const room = delivery.kind === "home" ? homeRoom : messageRoom;
      return toMessage(reply, { ...site, moment: moment(), room, role: asker.role });
    } catch (error) {
      return explain(error, needs, moment());
    }
  };
}

/** A press is the same as typing the button's command; the Home tab is the panel. */
function toLine(delivery: Delivery): Omit<CommandLine, "asker"> {
  const typed = { confirmed: false, seen: null };
  if (delivery.kind === "command") return { ...typed, text: delivery.text };
  if (delivery.kind === "home") return { ...typed, text: "" };
  const value = parseButtonValue(delivery.value);
  if (value === null)
    throw new OpsError("invalid-input", "This button is not one that patchbay knows.", {
      hint: "Type `/stream` for a fresh panel.",
    });
  return { text: value.c, confirmed: value.ok, seen: value.seen };
}
