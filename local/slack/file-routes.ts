import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { mediaTypeOf } from "./file-shapes.ts";
import { maxFileBytes } from "./files.ts";
import type { Workspace } from "./workspace.ts";

/** What a multipart body may have around its file. */
const wrappingBytes = 10_000;

/** Where an app sends the content of its uploads, and where people download files. */
export function fileRoutes(workspace: Workspace): Hono {
  const routes = new Hono();
  routes.post(
    "/upload/v1/:ticket",
    bodyLimit({ maxSize: maxFileBytes + wrappingBytes }),
    (context) => upload(workspace, context),
  );
  routes.get("/files/:id/:name", (context) => download(workspace, context));
  return routes;
}

/** Anything but status 200 is a failure (docs.slack.dev, files.getUploadURLExternal). */
async function upload(workspace: Workspace, context: Context): Promise<Response> {
  if (workspace.isOut()) return context.text("", 503);
  const content = await contentOf(context);
  if (!content) return context.text("There is no file in this form.", 400);
  const outcome = workspace.files.receive(context.req.param("ticket") ?? "", content);
  if (outcome === "unknown") return context.text("This upload URL is used up or too old.", 404);
  if (outcome === "wrong length") {
    return context.text("The file is not as long as it was announced.", 400);
  }
  return context.text(`OK - ${content.byteLength}`);
}

/** The bytes themselves, or the file of a form, whatever its field is called. */
async function contentOf(context: Context): Promise<Uint8Array | undefined> {
  const type = context.req.header("content-type") ?? "";
  if (!type.startsWith("multipart/form-data"))
    return new Uint8Array(await context.req.arrayBuffer());
  const fields = await context.req.parseBody().catch(() => ({}));
  const file = Object.values(fields).find((field) => field instanceof File);
  return file && new Uint8Array(await file.arrayBuffer());
}

function download(workspace: Workspace, context: Context): Response | Promise<Response> {
  const file = workspace.files.find(context.req.param("id") ?? "");
  if (!file || file.name !== context.req.param("name")) return context.notFound();
  return context.body(new Uint8Array(Buffer.from(file.content, "base64")), 200, {
    "content-type": mediaTypeOf(file),
    "content-disposition": asAttachment(file.name),
    "x-content-type-options": "nosniff",
  });
}

/** A name for old clients and the real one (RFC 6266). */
function asAttachment(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\/]/g, "_");
  const real = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${real}`;
}
