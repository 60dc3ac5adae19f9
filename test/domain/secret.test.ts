import { format, inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { Secret } from "../../src/domain/secret.ts";
import { OpsError } from "../../src/errors.ts";

const value = "live_12345_canary";
const secret = new Secret(value);

describe("a secret", () => {
  it("gives its value only when it is revealed", () => {
    expect(secret.reveal()).toBe(value);
  });

  it.each([
    ["as text", String(secret)],
    ["in a template", `${secret}`],
    ["joined", [secret, 1].join()],
    ["as JSON", JSON.stringify({ key: secret })],
    ["inspected", inspect({ deep: { key: secret } }, { depth: 9, showHidden: true })],
    ["formatted", format("%s %o %O %j", secret, secret, secret, secret)],
    ["in an error", inspect(new OpsError("internal", `${secret}`, { cause: { secret } }))],
  ])("S1: prints as [secret] %s", (_, printed) => {
    expect(printed).toContain("[secret]");
    expect(printed).not.toContain("canary");
  });

  it("S1: shows nothing to those who look at its properties", () => {
    expect(Object.entries(secret)).toEqual([]);
    expect(JSON.stringify(Object.getOwnPropertyDescriptors(secret))).toBe("{}");
  });
});
