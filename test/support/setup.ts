import net from "node:net";

/**
 * Network guard: a test that reaches for anything but loopback fails. Whole host names are compared, because a guard
 * that searches for "localhost" lets `localhost.example` out. It covers net, tls, http(s) and fetch; not UDP.
 */
const loopback = new Set(["127.0.0.1", "::1", "localhost"]);
const connect = net.Socket.prototype.connect;

net.Socket.prototype.connect = function guarded(this: net.Socket, ...args: unknown[]) {
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  const to = typeof first === "object" ? first : { port: first, host: second };
  const host = to?.host ?? "localhost";
  const local = Boolean(to?.path) || (typeof host === "string" && loopback.has(host));
  if (!local) throw new Error(`network is off in tests: ${String(host)}:${String(to?.port)}`);
  return Reflect.apply(connect, this, args) as net.Socket;
} as typeof connect;
