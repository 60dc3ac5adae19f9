import { hasRealAws, parseConfig, processEnvironment, slackConfig } from "./config.ts";
import { startDaemon } from "./daemon.ts";
import { runUntilSignal } from "./door.ts";
import { OpsError } from "./errors.ts";
import { say } from "./log.ts";

/** The bot on real Slack and real AWS; what is missing is named, and nothing stands in for it. */
await runUntilSignal(async () => {
  const config = parseConfig(processEnvironment());
  const slack = slackConfig(config);
  if (!hasRealAws(config))
    throw new OpsError(
      "not-configured",
      "AWS needs PATCHBAY_STACKS, or MEDIACONNECT_FLOW_ARN and the channel ids.",
    );
  const daemon = await startDaemon(config, slack);
  say(`patchbay is running; its API is at ${daemon.url}`);
  return daemon;
});
