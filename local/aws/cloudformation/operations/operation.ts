import type { Json } from "../../answers.ts";
import type { Engine } from "../engine.ts";
import type { Asked } from "../requests.ts";

/** One operation of CloudFormation: what it is asked, its result out, AWS's own error otherwise. */
export type Operation = (engine: Engine, asked: Asked) => Json | Promise<Json>;

/** Times are ISO 8601 in this service's answers. */
export const toIso = (at: number | null) => (at === null ? undefined : new Date(at).toISOString());
