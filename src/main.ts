import { parseConfig, processEnvironment, requireReal, slackConfig } from "./config.ts";
import { runUntilSignal } from "./door.ts";
import { say } from "./log.ts";

/** The bot on real Slack and real AWS; what is missing is named, and nothing stands in for it. */
await runUntilSignal(async (ending) => {
  const config = parseConfig(processEnvironment());
  requireReal(config);
  // Loaded here and not above, so that a mistake in the environment is told at once.
  const { startDaemon } = await import("./daemon.ts");
  const daemon = await startDaemon(config, slackConfig(config), { ending });
  say(`patchbay is running; its API is at ${daemon.url}`);
  return daemon;
});
