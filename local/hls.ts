import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Hono } from "hono";
import { cors } from "hono/cors";

const contentTypes: Record<string, string> = {
  m3u8: "application/vnd.apple.mpegurl",
  ts: "video/mp2t",
};

/**
 * Serves the playlists and segments that the media half writes, `/hls/<channel>/<file>`; players on other pages may
 * read them. Files are read whole, because a playlist is replaced each second.
 */
export function hlsFiles(folder: string): Hono {
  const app = new Hono();
  app.use(cors());
  app.get("/hls/:channel/:file", async (context) => {
    const { channel, file } = context.req.param();
    const contentType = contentTypes[/^[\w-]+\.(\w+)$/.exec(file)?.[1] ?? ""];
    if (contentType === undefined || !/^[\w-]+$/.test(channel)) return context.notFound();
    const content = await readFile(join(folder, channel, file)).catch(() => null);
    if (content === null) return context.notFound();
    return context.body(new Uint8Array(content), 200, {
      "cache-control": "no-cache",
      "content-type": contentType,
    });
  });
  return app;
}
