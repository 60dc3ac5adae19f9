import { describe, expect, it } from "vitest";
import { mayDo, roles } from "../../src/domain/role.ts";

describe("a role", () => {
  it.each([
    ["viewer", "viewer"],
    ["operator", "viewer operator"],
    ["admin", "viewer operator admin"],
  ] as const)("S3: lets a %s do what needs %s, and no more", (role, granted) => {
    expect(roles.filter((needed) => mayDo(role, needed)).join(" ")).toBe(granted);
  });
});
