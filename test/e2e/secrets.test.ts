import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { DynamoDBClient, ScanCommand } from "@aws-sdk/client-dynamodb";
import { expect, it } from "vitest";
import { people } from "../../local/slack/people.ts";
import { aProduct } from "../support/product.ts";

const tables = ["lunora-destinations", "lunora-streaming-sessions", "patchbay-ops"];

/** Every row of every table that patchbay writes, as text. */
async function rowsOf(endpoint: string): Promise<string> {
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const client = new DynamoDBClient({ endpoint, region: "us-west-2", credentials });
  const pages = await Promise.all(
    tables.map((name) => client.send(new ScanCommand({ TableName: name }))),
  );
  client.destroy();
  return JSON.stringify(pages.map(({ Items }) => Items));
}

it("S1: lets no stream key or token reach a message, a row or a page", {
  timeout: 30_000,
}, async () => {
  await using product = await aProduct();
  const { console, world, home } = product;
  const rtmp = ["youtube", "twitch", "linkedin", "custom"];
  await console.type("/stream start youtube twitch linkedin custom");
  for (const platform of rtmp)
    await console.until(async () => expect(await console.channel(platform)).toBe("RUNNING"));
  const [key = ""] = Object.values(world.world.data.channels)
    .filter(({ platform }) => platform === "twitch")
    .map(({ streamName }) => streamName);
  expect(key).toMatch(/^live_/);
  await console.type(`/stream start ${key}`);
  await console.type(`/stream ${key} twitch`, "Ben");
  await console.until(async () =>
    expect((await console.answer("Ben"))?.text).toContain("stream key"),
  );
  await console.type("/stream stop youtube");
  await console.until(async () => expect(await console.channel("youtube")).toBe("IDLE"));

  const typed = (text: string) =>
    text.replaceAll(`/stream start ${key}`, "").replaceAll(`/stream ${key} twitch`, "");
  const states = await Promise.all(people.map(({ name }) => console.state(name)));
  const everything = [
    typed(JSON.stringify(states)),
    typed(await readFile(join(home, "slack.json"), "utf8")),
    await rowsOf(world.url),
    await (await fetch(`${product.apiUrl()}/healthz`)).text(),
  ].join("\n");
  const secrets = Object.values(world.world.data.channels)
    .filter(({ platform }) => rtmp.includes(platform))
    .map(({ streamName }) => streamName);
  expect(secrets).toHaveLength(4);
  for (const secret of [...secrets, "xoxb-local", "xapp-local", "localsigningsecret"])
    expect(everything).not.toContain(secret);
});
