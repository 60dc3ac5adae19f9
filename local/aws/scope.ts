import { AwsError } from "./errors.ts";

const credential =
  /^AWS4-HMAC-SHA256\s+Credential=([^/,\s]+)\/\d{8}\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request\s*,/;

/**
 * Reads which service and region a SigV4 request is for, and whose access key it carries. The signature itself cannot be
 * checked, since any key pair is welcome here, but it has to be there: a client that does not sign would be refused by AWS.
 */
export function readScope(request: Request): { by: string; service: string; region: string } {
  const header = request.headers.get("authorization");
  if (header === null) {
    throw new AwsError("MissingAuthenticationTokenException", 403, {
      message: "Missing Authentication Token",
    });
  }
  const match = credential.exec(header);
  const complete = /SignedHeaders=[^,\s]+/.test(header) && /Signature=[0-9a-f]{64}$/.test(header);
  const [, by, region, service] = match ?? [];
  if (by === undefined || region === undefined || service === undefined || !complete) {
    throw new AwsError("IncompleteSignatureException", 400, {
      message: "Authorization header requires Credential, SignedHeaders and Signature of SigV4",
    });
  }
  return { by, service, region };
}

/** AWS refuses a request that was signed for another region than the one it reached. */
export function requireRegion(asked: string, regions: readonly string[]) {
  if (regions.includes(asked)) return;
  throw new AwsError("InvalidSignatureException", 403, {
    message: `Credential should be scoped to a valid region, this is ${regions.join(", ")}, not ${asked}`,
  });
}
