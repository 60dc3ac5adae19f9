import type { Problem } from "../members.ts";
import type { Encryption, OutputRequest, SourceRequest } from "./members.ts";

type Rules = { may: readonly string[]; must: readonly string[] };

/** Which members go with which protocol of a source; MaxLatency is for RIST and Zixi only (MediaConnect API model). */
const sources: Record<string, Rules> = {
  "srt-listener": {
    may: ["decryption", "maxBitrate", "minLatency"],
    must: ["ingestPort", "whitelistCidr"],
  },
  rtp: { may: ["maxBitrate"], must: ["ingestPort", "whitelistCidr"] },
  "rtp-fec": { may: ["maxBitrate"], must: ["ingestPort", "whitelistCidr"] },
};

/** The same of outputs; there is no RTMP output (MediaConnect API model). */
const outputs: Record<string, Rules> = {
  "srt-listener": { may: ["encryption", "minLatency", "cidrAllowList"], must: ["port"] },
  "srt-caller": {
    may: ["encryption", "minLatency", "streamId"],
    must: ["destination", "port"],
  },
  rtp: { may: ["smoothingLatency"], must: ["destination", "port"] },
  "rtp-fec": { may: ["smoothingLatency"], must: ["destination", "port"] },
};

const ofAll = ["description", "name", "outputStatus", "outputTags", "protocol", "sourceTags"];

export const sourceProblems = (source: SourceRequest): Problem[] => [
  ...memberProblems(source, sources),
  ...passwordProblems(source.decryption, "/decryption"),
];

export const outputProblems = (output: OutputRequest): Problem[] => [
  ...memberProblems(output, outputs),
  ...passwordProblems(output.encryption, "/encryption"),
];

function memberProblems(part: SourceRequest | OutputRequest, table: Record<string, Rules>) {
  const { protocol } = part;
  const rules = table[protocol];
  if (rules === undefined) {
    const errorMessage = `must be one of ${Object.keys(table).join(", ")} in the local AWS`;
    return [{ elementPath: "/protocol", errorMessage }];
  }
  const given = Object.entries(part).flatMap(([name, value]) => (value === undefined ? [] : name));
  const allowed = [...ofAll, ...rules.may, ...rules.must];
  return [
    ...rules.must
      .filter((name) => !given.includes(name))
      .map((name) => ({ elementPath: `/${name}`, errorMessage: `is required for ${protocol}` })),
    ...given
      .filter((name) => !allowed.includes(name))
      .map((name) => ({ elementPath: `/${name}`, errorMessage: `does not go with ${protocol}` })),
  ];
}

/** SRT takes a password from a secret, and then no algorithm (MediaConnect user guide, SRT password encryption). */
function passwordProblems(encryption: Encryption | undefined, path: string): Problem[] {
  if (encryption === undefined) return [];
  const problems: Problem[] = [];
  if (encryption.keyType !== "srt-password") {
    problems.push({ elementPath: `${path}/keyType`, errorMessage: "must be srt-password for SRT" });
  }
  if (encryption.algorithm !== undefined) {
    const errorMessage = "does not go with srt-password";
    problems.push({ elementPath: `${path}/algorithm`, errorMessage });
  }
  if (encryption.secretArn === undefined) {
    problems.push({ elementPath: `${path}/secretArn`, errorMessage: "is required" });
  }
  return problems;
}
