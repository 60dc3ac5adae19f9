import type { Platform } from "./platform.ts";

/** Why an RTMP address is refused, in words for the person who typed it; null when it is fine. */
export type IngestProblem = string | null;

const shape = /^(rtmps?):\/\/([^/?#\s]+)(\/[!-"$->@-~]*)?$/;
const allowedPorts = new Set(["1935", "443", "2935"]);
const hostName = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/;
const privateSuffixes = [".internal", ".local", ".localhost", ".localdomain", ".home.arpa", ".lan"];

/**
 * Checks the address a destination's picture is sent to: plain or TLS RTMP to a public host name on a usual port, and
 * to the platform's own hosts where it has them. Numbers in any spelling, user info, queries and control characters are
 * refused, so that nobody makes an AWS channel call into a private network.
 */
export function checkIngest(address: string, platform: Platform): IngestProblem {
  const example = `for example ${platform.ingest.example}`;
  if (address.length > 512) return "the address is longer than 512 characters";
  const [, , authority = "", path = ""] = shape.exec(address) ?? [];
  if (authority === "") return `the address must look like rtmp://host/app, ${example}`;
  if (authority.includes("@")) return "the address must not carry a user name or password";
  const [host = "", port = "1935", ...more] = authority.split(":");
  if (more.length > 0 || !allowedPorts.has(port)) return "the port must be 1935, 443 or 2935";
  if (!isPublicName(host)) return `the host must be a public name, ${example}`;
  if (path === "" || path === "/")
    return `the address needs an application after the host, ${example}`;
  if (!belongsTo(host, platform))
    return `${host} is not one of ${platform.name}'s hosts, ${example}`;
  if (platform.key.secretLooking?.test(path))
    return "the address must not contain the stream key, which is kept apart";
  return null;
}

function isPublicName(host: string): boolean {
  return hostName.test(host) && !privateSuffixes.some((suffix) => host.endsWith(suffix));
}

function belongsTo(host: string, { ingest }: Platform): boolean {
  return (
    ingest.hosts.length === 0 ||
    ingest.hosts.some((allowed) => host === allowed || host.endsWith(`.${allowed}`))
  );
}
