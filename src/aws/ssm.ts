import { GetParameterCommand, type SSMClient } from "@aws-sdk/client-ssm";
import { Secret } from "../domain/secret.ts";
import { OpsError } from "../errors.ts";
import type { StreamKeys } from "../manager/ports.ts";
import { ask } from "./errors.ts";

/** Stream keys in SSM parameters below one prefix; a name elsewhere is refused without a call. */
export function ssmStreamKeys(client: SSMClient, prefix: string): StreamKeys {
  const folder = `${prefix.replace(/\/+$/, "")}/`;
  return {
    read: async (ref) => {
      if (!ref.startsWith(folder))
        throw new OpsError("not-allowed", "Its stream key is not below the configured prefix.", {
          hint: `Stream keys are kept below ${folder}`,
        });
      const call = { doing: "read the stream key", operation: "ssm:GetParameter" };
      const command = new GetParameterCommand({ Name: ref, WithDecryption: true });
      const { Parameter: parameter } = await ask(call, () => client.send(command));
      if (parameter?.Value === undefined || parameter.Value === "")
        throw new OpsError("not-found", "Could not read the stream key: it is empty.");
      return new Secret(parameter.Value);
    },
  };
}
