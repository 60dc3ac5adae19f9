import { once } from "node:events";
import { createServer } from "node:http";
import { functionsOf } from "../test/support/called.ts";

/** A function `work` of a local world that does nothing, and does it at once. */
export async function aWorkFunction({ AWS_ENDPOINT_URL: world = "" }: Record<string, string>) {
  const server = createServer((request, response) => {
    request.resume().on("end", () => response.end("{}"));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  const status = await functionsOf(world).register({
    name: "work",
    url: `http://127.0.0.1:${port}/`,
  });
  if (status !== 200) throw new Error(`The local world answered ${status}.`);
  return {
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
