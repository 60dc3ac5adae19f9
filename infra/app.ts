import { spawn } from "node:child_process";
import { once } from "node:events";
import { OpsError } from "../src/errors.ts";
import type { Desk } from "./desk.ts";
import { stackName } from "./stacks.ts";

/** The newest release of the open fork of the Serverless Framework that reads serverless.yml as it is. */
const framework = "osls@4.3.1";

/** Deploys the functions with the Serverless Framework, which speaks for itself. Throws when it ends with an error. */
export async function deployApp({ cloud, options, say }: Desk): Promise<void> {
  const { project, environment } = options.site;
  say(`Deploying ${stackName(options.site, "app")} …`);
  const words = ["--yes", framework, "deploy", "--stage", environment];
  const child = spawn(
    "npx",
    [...words, "--region", await cloud.region(), "--param", `project=${project}`],
    { stdio: ["inherit", options.json ? 2 : "inherit", "inherit"] },
  );
  const [code] = await once(child, "exit");
  if (code === 0) return;
  throw new OpsError("aws-refused", "The functions were not deployed; see above.", {
    hint: "The stacks are in place. npm run infra -- deploy --app tries again.",
  });
}
