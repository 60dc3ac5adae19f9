import { z } from "zod";
import { type Death, type Supervised, supervise } from "./supervised.ts";

/** One report of `srt-live-transmit -statspf json`; its counters cover the time since the report before. */
export type SrtReport = z.infer<typeof reportSchema>;

const reportSchema = z.object({
  /** One number per connection. */
  sid: z.number(),
  /** Milliseconds since the connection began. */
  time: z.number(),
  link: z.object({ rtt: z.number() }),
  recv: z.object({ packets: z.number(), packetsLost: z.number(), bytes: z.number() }),
});

/** Packets between two reports: several a second at 3 Mb/s, one a second at 0.5 Mb/s. */
const reportEvery = 50;

/** Reads one line of srt-live-transmit's output; null when it is not a report. */
export function parseReport(line: string): SrtReport | null {
  if (!line.startsWith("{")) return null;
  try {
    return reportSchema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}

export type SrtListenerOptions = {
  program: string;
  srtPort: number;
  /** Loopback UDP port that the received transport stream is written to. */
  outputPort: number;
  onReport: (report: SrtReport) => void;
  /** The sender closed its connection, or was silent until SRT gave it up. */
  onDisconnect: () => void;
  onDeath: (death: Death) => void;
};

/** Keeps an SRT listener on 127.0.0.1; after each sender it waits for the next. */
export function startSrtListener(options: SrtListenerOptions): Supervised {
  const args = [
    ...["-loglevel", "fatal", "-stats", String(reportEvery), "-statspf", "json"],
    `srt://127.0.0.1:${options.srtPort}?mode=listener`,
    `udp://127.0.0.1:${options.outputPort}`,
  ];
  return supervise({
    command: () => ({ program: options.program, args }),
    onLine: (line) => {
      const report = parseReport(line);
      if (report) options.onReport(report);
      else if (line.includes("SRT source disconnected")) options.onDisconnect();
    },
    onDeath: options.onDeath,
  });
}
