import { randomBytes } from "node:crypto";

/** A new flow's ARN, with an id as MediaConnect makes them. */
export const newFlowArn = (region: string, name: string) =>
  `arn:aws:mediaconnect:${region}:000000000000:flow:${newId()}:${name}`;

/** The ARN of a source or an output; each has an id of its own. */
export const newPartArn = (flowArn: string, kind: "source" | "output", name: string) =>
  `${flowArn.split(":").slice(0, 5).join(":")}:${kind}:${newId()}:${name}`;

/** The ARN of the output that MediaLive manages for an input: it stays as long as the input does. */
export const managedOutputArn = (flowArn: string, input: { id: string; name: string }) => {
  const [head, id] = flowArn.split(":flow:");
  return `${head}:output:${id?.split(":")[0]}-${input.id}:${input.name}`;
};

/** Sixteen letters and digits, then twelve hexadecimal ones, as in AWS's own. */
const newId = () => {
  const letters = randomBytes(12).toString("base64url").replaceAll(/[-_]/g, "a");
  return `1-${letters}-${randomBytes(6).toString("hex")}`;
};
