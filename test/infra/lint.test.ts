import { execFile } from "node:child_process";
import { expect, it } from "vitest";
import { infraFile, templateFiles } from "../support/templates.ts";

/** What cfn-lint says of the files; null where it is not installed. */
const lint = (files: readonly string[]) =>
  new Promise<string | null>((resolve) => {
    execFile("cfn-lint", ["--format", "parseable", ...files], (error, stdout, stderr) => {
      const isMissing = error !== null && "code" in error && `${error.code}` === "ENOENT";
      resolve(isMissing ? null : `${stdout}${stderr}`);
    });
  });

it("finds nothing wrong with the templates", { timeout: 120_000 }, async ({ skip }) => {
  const found = await lint([...templateFiles, "daemon-role.yaml"].map(infraFile));
  if (found === null && !process.env.PATCHBAY_FULL) skip("needs cfn-lint (pip install cfn-lint)");
  expect(found).toBe("");
});
