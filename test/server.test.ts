import { once } from "node:events";
import { createServer } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { type Doors, listen, type Place, urlOf } from "../src/server.ts";

const doors: Doors = {
  api: (request) => new Response(`API ${new URL(request.url).pathname}`),
  slack: (_, response) => void response.end("Slack"),
};

async function aServer(over: Partial<Place> = {}, own: Doors = doors) {
  const server = await listen(own, { host: "127.0.0.1", port: 0, ...over });
  onTestFinished(() => server.close());
  const ask = async (path: string, method = "POST") =>
    (await fetch(`${server.url}${path}`, { method })).text();
  return { ...server, ask };
}

it("gives Slack's one path to Slack and all others to the API", async () => {
  const { ask } = await aServer();
  expect(await ask("/slack/events")).toBe("Slack");
  expect(await ask("/slack/events?a=b")).toBe("Slack");
  expect(await ask("/slack/events", "GET")).toBe("API /slack/events");
  expect(await ask("/healthz", "GET")).toBe("API /healthz");
});

it("gives everything to the API when the bot dials out", async () => {
  const { ask } = await aServer({}, { ...doors, slack: null });
  expect(await ask("/slack/events")).toBe("API /slack/events");
});

it("says where it is found", async () => {
  expect((await aServer()).url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});

it.each([
  ["0.0.0.0", "http://127.0.0.1:4300"],
  ["::", "http://127.0.0.1:4300"],
  ["::1", "http://[::1]:4300"],
  ["bot.internal", "http://bot.internal:4300"],
])("is found by this machine when it listens on %s", (host, url) => {
  expect(urlOf(host, 4300)).toBe(url);
});

it("says that the port is taken", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  onTestFinished(() => void other.close());
  const address = other.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  await expect(aServer({ port })).rejects.toMatchObject({
    code: "not-configured",
    message: `Port ${port} is taken; set PORT to another one.`,
  });
});

it("says that the address is not this machine's", async () => {
  await expect(aServer({ host: "192.0.2.1" })).rejects.toMatchObject({
    code: "not-configured",
    message:
      "192.0.2.1 is no address of this machine; set PATCHBAY_HOST to one, for example 0.0.0.0.",
  });
});
