import { rm } from "node:fs/promises";
import { resolve } from "node:path";
import { type BuildOptions, build, type Plugin } from "esbuild";

/** Bolt is CommonJS; in an ES module its `require` must be made, under a name that no source file uses. */
const banner =
  "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);";

const common = {
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  // The AWS clients as ES modules, of which only the commands that are used are kept.
  mainFields: ["module", "main"],
  outExtension: { ".js": ".mjs" },
  banner: { js: banner },
  metafile: true,
  logLevel: "warning",
} satisfies BuildOptions;

const leftOut = resolve(import.meta.dirname, "src/lambda/left-out.cjs");

/** What the functions never use, though it is imported, and what would be three quarters of their size. */
const unused = [
  /^express$/,
  /^@slack\/(oauth|socket-mode)$/,
  /^iconv-lite$/,
  /receivers\/(Express|HTTP|SocketMode)Receiver$/,
  // Lambda hands its credentials over in the environment.
  /^@aws-sdk\/client-(sso|sso-oidc)$/,
  /^@aws-sdk\/credential-provider-(http|ini|process|sso|web-identity)$/,
  /^@smithy\/credential-provider-imds$/,
  // A function takes its resources from the environment, and its events from EventBridge.
  /^@aws-sdk\/client-(cloudformation|pricing|sqs)$/,
  // Names browsers by their user agent, reads XML, and streams: no client of these does.
  /^(bowser|fast-xml-parser|@smithy\/core\/event-streams)$/,
  // zod's messages in fifty languages; English is imported by itself.
  /^\.\.\/locales\/index\.js$/,
];

const leaveOut: Plugin = {
  name: "leave-out",
  setup({ onResolve }) {
    for (const filter of unused) onResolve({ filter }, () => ({ path: leftOut }));
  },
};

/** Builds the daemon as one file, with all of Bolt. */
export const buildDaemon = (outdir: string) =>
  build({ ...common, entryPoints: { main: "src/main.ts" }, outdir, sourcemap: true });

const signer = "chunks/sign-request";

/** With the rest the signer would come in one file with half of the clients, which a cold start would read. */
const signerApart: Plugin = {
  name: "signer-apart",
  setup({ onResolve }) {
    onResolve({ filter: /\/sign-request\.ts$/ }, () => ({
      path: "./sign-request.mjs",
      external: true,
    }));
  },
};

/**
 * Builds the functions: small files that load each other when they are needed, because a file is read and parsed whole.
 * A lazy import must be of a file of ours: of a package esbuild keeps only the default export (esbuild issue 3245).
 */
export async function buildLambda(outdir: string) {
  const entries = { lambda: "src/lambda.ts", "lambda-worker": "src/lambda-worker.ts" };
  const [functions, alone] = await Promise.all([
    build({
      ...{ ...common, entryPoints: entries, outdir, minify: true, splitting: true },
      chunkNames: "chunks/[name]-[hash]",
      plugins: [leaveOut, signerApart],
    }),
    build({
      ...{ ...common, entryPoints: { [signer]: "src/aws/sign-request.ts" }, outdir, minify: true },
    }),
  ]);
  return { outputs: { ...functions.metafile.outputs, ...alone.metafile.outputs } };
}

// `npm run build`; tests import the functions above.
if (process.argv[1] === import.meta.filename) {
  await rm("dist", { recursive: true, force: true });
  await Promise.all([buildDaemon("dist"), buildLambda("dist/lambda")]);
}
