import { text } from "node:stream/consumers";
import type { Functions } from "../../local/aws/functions/functions.ts";
import { answering } from "./answering.ts";

type Record = { dynamodb: { SequenceNumber: string } };
export type Call = { Records?: Record[]; source?: string; id?: string; sealed?: string };

/** A function of this machine that notes what it is called with, and answers what `answer` says: null fails. */
export async function aFunction(answer: (call: Call, count: number) => unknown = () => ({})) {
  const calls: Call[] = [];
  const url = await answering(async (request, response) => {
    const call: Call = JSON.parse(await text(request));
    calls.push(call);
    const said = await answer(call, calls.length);
    response.writeHead(said === null ? 500 : 200).end(JSON.stringify(said));
  });
  return { calls, url };
}

/** What the control API of a local world says of its functions; `POST` registers one. */
export const functionsOf = (worldUrl: string) => ({
  register: async (wanted: object) => {
    const answer = await fetch(`${worldUrl}/world/functions`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(wanted),
    });
    return answer.status;
  },
  list: async (): Promise<ReturnType<Functions["list"]>> =>
    (await (await fetch(`${worldUrl}/world/functions`)).json()) as ReturnType<Functions["list"]>,
  forgetAll: async () => fetch(`${worldUrl}/world/functions`, { method: "DELETE" }),
});
