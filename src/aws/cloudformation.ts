import type { CloudFormationClient, Output } from "@aws-sdk/client-cloudformation";
import { platformOf } from "../domain/platforms/index.ts";
import type { Bindings } from "../domain/site.ts";
import { OpsError } from "../errors.ts";
import type { BindingsSource, Clock } from "../manager/ports.ts";
import { isPassing } from "./errors.ts";
import { readOutputs } from "./stack-outputs.ts";

export type StackOptions = {
  stacks: readonly string[];
  /** Ids from the existing system's variables; they win over the stacks'. */
  fromEnvironment: Partial<Bindings>;
  clock: Clock;
};

const keptMs = 300_000;
const retryMs = 30_000;

/**
 * The site's resources from stack outputs and configured ids, read again every five minutes; while CloudFormation cannot
 * be reached the last answer stays, and is asked for again every half minute. Channels may be missing, the flow of a configured stack may not.
 */
export function stackBindings(client: CloudFormationClient, options: StackOptions): BindingsSource {
  let kept: { at: number; bindings: Bindings } | null = null;
  return {
    read: async () => {
      const at = options.clock.now().getTime();
      if (kept !== null && at - kept.at < keptMs) return kept.bindings;
      try {
        kept = { at, bindings: await readBindings(client, options) };
      } catch (error) {
        if (kept === null || !isPassing(error)) throw error;
        kept = { ...kept, at: at - keptMs + retryMs };
      }
      return kept.bindings;
    },
  };
}

async function readBindings(
  client: CloudFormationClient,
  { stacks, fromEnvironment }: StackOptions,
): Promise<Bindings> {
  const outputs = await readOutputs(client, stacks);
  const bindings: Bindings = {
    channelByPlatform: { ...channelsIn(outputs), ...fromEnvironment.channelByPlatform },
    sharedChannelId: fromEnvironment.sharedChannelId ?? null,
    flowArn: fromEnvironment.flowArn ?? flowIn(outputs),
  };
  requireUse(bindings, stacks);
  return bindings;
}

/** An existing site without stacks may have channels and no flow; a stack without its flow is a mistake. */
function requireUse(bindings: Bindings, stacks: readonly string[]): void {
  const { channelByPlatform, sharedChannelId, flowArn } = bindings;
  if (flowArn !== null) return;
  if (stacks.length > 0)
    throw new OpsError(
      "not-configured",
      `No output SrtFlowArn (or export ending in -srt-flow-arn) in ${stacks.join(", ")}.`,
      { hint: "Deploy the flow's stack, or set MEDIACONNECT_FLOW_ARN." },
    );
  if (sharedChannelId === null && Object.keys(channelByPlatform).length === 0)
    throw new OpsError("not-configured", "Neither a stack nor a flow or channel is configured.");
}

/** `SrtFlowArn`, or an export like `show-prod-srt-flow-arn` (legacy contract, X17). */
function flowIn(outputs: readonly Output[]): string | null {
  const found = outputs.find(
    ({ OutputKey = "", ExportName = "" }) =>
      OutputKey === "SrtFlowArn" || ExportName.endsWith("-srt-flow-arn"),
  );
  return found?.OutputValue ?? null;
}

/** `YoutubeChannelId`, or an export like `show-prod-youtube-channel-id`; other words before it name no platform. */
export function channelsIn(outputs: readonly Output[]): Record<string, string> {
  const entries = outputs.flatMap(({ OutputKey = "", ExportName = "", OutputValue = "" }) => {
    const word =
      /^(\w+)ChannelId$/.exec(OutputKey)?.[1] ?? /-([a-z]+)-channel-id$/.exec(ExportName)?.[1];
    const platform = platformOf(word ?? "");
    return platform === null || OutputValue === "" ? [] : [[platform.id, OutputValue]];
  });
  return Object.fromEntries(entries);
}
