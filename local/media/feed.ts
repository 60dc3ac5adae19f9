import { parseArgs } from "node:util";
import { defaultPrograms, installHint, missingPrograms } from "./programs.ts";
import { type Supervised, supervise } from "./supervised.ts";

const defaultSrtPort = 9998;

/** 720p at 30 frames a second with a running clock and a tone, about 3 Mb/s, a key frame every 2 s. */
function feedArgs(address: string): string[] {
  return [
    ...["-hide_banner", "-nostdin", "-loglevel", "fatal", "-progress", "pipe:1", "-re"],
    ...["-f", "lavfi", "-i", "testsrc2=size=1280x720:rate=30"],
    ...["-re", "-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000"],
    ...["-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-pix_fmt", "yuv420p"],
    ...["-b:v", "3M", "-maxrate", "3M", "-bufsize", "3M", "-g", "60", "-sc_threshold", "0"],
    ...["-c:a", "aac", "-b:a", "128k", "-ac", "2"],
    ...["-f", "mpegts", `${address}?mode=caller&pkt_size=1316&connect_timeout=1000`],
  ];
}

/** Sends the test picture until `stop()`, calling again whenever nobody answers; says so once each time it changes. */
export function startFeed(srtPort: number, print: (line: string) => void): Supervised {
  const address = `srt://127.0.0.1:${srtPort}`;
  let told = "";
  const tell = (line: string) => {
    if (line !== told) print(line);
    told = line;
  };
  return supervise({
    command: () => ({ program: defaultPrograms.ffmpeg, args: feedArgs(address) }),
    onLine: (line) => {
      // ffmpeg reports progress only once the connection stands.
      if (line.startsWith("progress="))
        tell(`Sending the test picture to ${address}. Ctrl-C ends it.`);
    },
    onDeath: () =>
      tell(`Nobody answers at ${address} (is the local world running?); trying again.`),
  });
}

function readPort(args: string[]): number | null {
  try {
    const { values } = parseArgs({ args, options: { port: { type: "string" } } });
    const port = Number(values.port ?? defaultSrtPort);
    return Number.isInteger(port) && port > 0 && port < 65_536 ? port : null;
  } catch {
    return null;
  }
}

/** The command `npm run feed [-- --port 9998]`; answers its exit code. */
export async function feed(args: string[], print: (line: string) => void): Promise<number> {
  const port = readPort(args);
  if (port === null) {
    print("Usage: npm run feed -- --port 9998 (a number from 1 to 65535)");
    return 1;
  }
  const missing = await missingPrograms(defaultPrograms);
  if (missing.length > 0) {
    print(`The feed needs ${missing.join(" and ")}: ${installHint}`);
    return 1;
  }
  // The listeners stay: under npm a Ctrl-C arrives twice, and the second would end the process on the spot.
  const interrupted = new Promise<void>((resolve) => {
    process.on("SIGINT", () => resolve());
    process.on("SIGTERM", () => resolve());
  });
  const sending = startFeed(port, print);
  await interrupted;
  await sending.stop();
  return 0;
}

if (process.argv[1] === import.meta.filename) {
  const print = (line: string) => void process.stdout.write(`${line}\n`);
  process.exitCode = await feed(process.argv.slice(2), print);
}
