import { createHash, createHmac, type Hash, type Hmac } from "node:crypto";
import { SignatureV4 } from "@smithy/signature-v4";

type Signer = {
  service: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
};

type Unsigned = { address: URL; headers: Record<string, string>; body: string };

/**
 * Gives the headers with which AWS takes a POST, by the SDK's own signer. It knows nothing else of patchbay, so that the build
 * can keep it in a file of its own (`build.ts`).
 */
export function createSigner({ service, region, ...credentials }: Signer) {
  const signer = new SignatureV4({ service, region, sha256: Sha256, credentials });
  return async (
    { address, headers, body }: Unsigned,
    at: Date,
  ): Promise<Record<string, string>> => {
    const { protocol, hostname, host, pathname: path } = address;
    const request = {
      method: "POST",
      protocol,
      hostname,
      path,
      headers: { host, ...headers },
      body,
    };
    return (await signer.sign(request, { signingDate: at })).headers;
  };
}

type Data = string | ArrayBuffer | ArrayBufferView;

/** Node's own SHA-256 as the signer takes it. */
class Sha256 {
  readonly #hash: Hash | Hmac;

  constructor(secret?: Data) {
    this.#hash =
      secret === undefined ? createHash("sha256") : createHmac("sha256", asBytes(secret));
  }

  update(data: Data): void {
    this.#hash.update(asBytes(data));
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest());
  }

  reset(): void {
    throw new Error("The signer makes a new one each time.");
  }
}

function asBytes(data: Data): Uint8Array {
  if (typeof data === "string") return Buffer.from(data);
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}
