import { expect, it } from "vitest";
import { libraryLogger } from "../../src/bot/library-logger.ts";
import { memoryLog } from "../support/memory/process.ts";

it("lets only plain words and Slack's error code into the log", () => {
  const log = memoryLog();
  const logger = libraryLogger(log);
  logger.debug("Received a message on the WebSocket: {secret}");
  logger.info("Going to retrieve a new WSS URL wss://x?ticket=1");
  logger.warn("http request failed", "fetch https://hooks.slack.com/secret");
  logger.error(
    "Failed to retrieve a new WSS URL (error: Error: An API error occurred: no_permission)",
  );
  logger.error("xoxb-123-secret");
  expect(log.lines.map(({ level, fields }) => [level, fields.says, fields.code])).toEqual([
    ["warn", "http request failed", undefined],
    ["error", "Failed to retrieve a new WSS URL", "no_permission"],
    ["error", "", undefined],
  ]);
});
