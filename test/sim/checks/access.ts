import { platformOf } from "../../../src/domain/platforms/index.ts";
import { type CheckContext, type Checker, rowsOf } from "./context.ts";
import { actionsOf, granted } from "./granted.ts";

/** Public names with a dot, usual ports, no user, query or fragment; told apart without the product's own rules. */
const publicAddress =
  /^rtmps?:\/\/([a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,})(?::(?:1935|443|2935))?\/[^\s?#@]+$/;
const privateName = /\.(?:internal|local|localhost|localdomain|lan|arpa)$/;

/** S4 allow-list: no channel is told to send anywhere else. S5 granted: no call needs an action that nobody grants. */
export function accessChecker({ world, violations }: CheckContext): Checker {
  const known = new Map<string, string | null>();

  /** Why nobody grants this call; null when it is granted. */
  function refusal(name: string): string | null {
    const actions: readonly string[] | undefined = Object.entries(actionsOf).find(
      ([call]) => call === name,
    )?.[1];
    if (actions === undefined) return `${name} stands for no action that is known`;
    const missing = actions.find((action) => !granted.includes(action));
    return missing === undefined ? null : `${name} needs ${missing}, which nobody grants`;
  }

  function judgeAction(name: string): void {
    if (known.has(name)) return;
    const why = refusal(name);
    known.set(name, why);
    violations.check(why === null, "S5 granted", () => why ?? "");
  }

  function judgeAddress(channelId: string, address: string): void {
    const host = publicAddress.exec(address)?.[1] ?? "";
    const hosts = rowsOf(world, channelId).flatMap(
      ({ kind }) => platformOf(kind ?? "")?.ingest.hosts ?? [],
    );
    const isAllowed =
      host !== "" &&
      !privateName.test(host) &&
      (hosts.length === 0 || hosts.some((each) => `.${host}`.endsWith(`.${each}`)));
    violations.check(
      isAllowed,
      "S4 allow-list",
      () => `channel ${channelId} is told to send to ${address}`,
    );
  }

  return {
    listener: {
      sent(_, { name, args }) {
        judgeAction(name);
        if (name !== "channels.setOutput") return;
        const [channelId, output] = args as [string, { platformIngest: string }];
        judgeAddress(channelId, output.platformIngest);
      },
    },
  };
}
