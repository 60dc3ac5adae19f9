import type { Envelope, Outcome } from "./envelope.ts";
import { createHttpLink, type HttpLink, type HttpLinkOptions } from "./http-link.ts";
import type { Sockets } from "./sockets.ts";

/** How Slack reaches the app: over Socket Mode, or at the request URL that the app has. */
export type AppLink = {
  send(envelope: Envelope): Promise<Outcome>;
  /** A request URL counts as connected: Slack knows no more of it. */
  connected(): boolean;
  /**
   * From now on everything goes to this address, once it has answered `ssl_check` and `url_verification`; null is Socket
   * Mode again. Resolves with what is wrong with the address, which is then not taken, or null.
   */
  sendTo(url: string | null): Promise<string | null>;
};

type Needs = Omit<HttpLinkOptions, "url"> & {
  sockets: Pick<Sockets, "send" | "connected">;
  isOut: () => boolean;
  changed: () => void;
};

export function createAppLink({ sockets, isOut, changed, ...options }: Needs): AppLink {
  let http: HttpLink | null = null;

  function take(link: HttpLink | null): null {
    http = link;
    changed();
    return null;
  }

  return {
    async send(envelope) {
      if (http === null) return sockets.send(envelope);
      return isOut() ? { kind: "unreachable", reason: "connection_failed" } : http.send(envelope);
    },
    connected: () => (http === null ? sockets.connected() : !isOut()),
    async sendTo(url) {
      if (url === null) return take(null);
      const link = createHttpLink({ url, ...options });
      return (await link.check()) ?? take(link);
    },
  };
}
