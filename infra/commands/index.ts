import type { Desk } from "../desk.ts";
import type { Verb } from "../options.ts";
import { deploy } from "./deploy.ts";
import { destroy } from "./destroy.ts";
import { plan } from "./plan.ts";
import { status } from "./status.ts";

/** What each command does; it gives what `--json` prints. */
export const commands: Readonly<Record<Verb, (desk: Desk) => Promise<unknown>>> = {
  plan,
  deploy,
  status,
  destroy,
};
