import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { OpsError } from "../src/errors.ts";
import type { Launch } from "./desk.ts";

const root = join(import.meta.dirname, "..");

/** Starts programs in this folder that speak for themselves: on standard output, or on standard error beside a result. */
export const launcher =
  (output: "inherit" | 2): Launch =>
  async (program, words) => {
    const child = spawn(program, words, { cwd: root, stdio: ["inherit", output, "inherit"] });
    const [code] = await once(child, "exit").catch((error: unknown) => {
      throw new OpsError("not-configured", `${program} cannot be started on this machine.`, {
        cause: error,
      });
    });
    return typeof code === "number" ? code : 1;
  };
