import { checkedClock } from "../../src/clock.ts";
import type { Clock } from "../../src/manager/ports.ts";

/** The clock of a machine that somebody may set to a wrong time, as the product reads it. */
export function createSteppedClock(machine: Clock) {
  let aheadMs = 0;
  const { now, sleep, asking } = checkedClock({
    machine: { sleep: machine.sleep, now: () => new Date(machine.now().getTime() + aheadMs) },
    onCorrected: () => undefined,
  });
  return {
    clock: { now, sleep },
    asking,
    /** Sets the machine so far off; 0 puts it right again. */
    step(ms: number): void {
      aheadMs = ms;
    },
  };
}

type Asking = ReturnType<typeof createSteppedClock>["asking"];

/** Ports whose answers tell the time of AWS, in whole seconds, as those of DynamoDB do. */
export function hearing<Ports extends object>(ports: Ports, asking: Asking, now: () => number) {
  const heard = Object.entries(ports).map(([name, port]) => [
    name,
    deaf.has(name) ? port : tellingTime(port, asking, now),
  ]);
  return Object.fromEntries(heard) as Ports;
}

/** What is asked of other services tells no time. */
const deaf = new Set(["channels", "flows", "streamKeys", "deadlines"]);

type Method = (...args: unknown[]) => Promise<unknown>;

function tellingTime(port: object, asking: Asking, now: () => number): object {
  const methods = Object.entries(port).map(([name, act]: [string, Method]) => [
    name,
    async (...args: unknown[]) => {
      const hear = asking();
      const answer = await act(...args);
      hear(new Date(Math.floor(now() / 1_000) * 1_000));
      return answer;
    },
  ]);
  return Object.fromEntries(methods);
}
