import { describe, expect, it } from "vitest";
import { withHint } from "../../../infra/migrate/hint.ts";
import { toOpsError } from "../../../src/aws/errors.ts";
import { OpsError } from "../../../src/errors.ts";

const call = { doing: "read the table", operation: "dynamodb:Scan" };
const hinting = (error: unknown) => Promise.reject(error).catch(withHint("Look at the names."));

describe("withHint", () => {
  it("says what to look at where nothing else does", async () => {
    await expect(hinting(new OpsError("not-configured", "No table."))).rejects.toMatchObject({
      message: "No table.",
      hint: "Look at the names.",
    });
  });

  it("keeps what an error says itself, as one of missing credentials does", async () => {
    const own = Object.assign(new Error("x"), { name: "CredentialsProviderError" });
    await expect(hinting(toOpsError(own, call))).rejects.toMatchObject({
      code: "not-configured",
      hint: expect.stringContaining("AWS_PROFILE"),
    });
  });

  it("leaves other failures alone", async () => {
    const other = new OpsError("timed-out", "Slow.");
    await expect(hinting(other)).rejects.toBe(other);
  });
});
