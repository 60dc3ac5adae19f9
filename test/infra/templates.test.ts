import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parse } from "yaml";

const read = (name: string) =>
  parse(readFileSync(new URL(`../../infra/${name}`, import.meta.url), "utf8"), {
    customTags: [{ tag: "!Ref", resolve: (value: string) => ({ Ref: value }) }],
  });

it("keeps the ops table when its stack is deleted, and keys it as the adapters do", () => {
  const { OpsTable } = read("ops-table.yml").Resources;
  expect(OpsTable.DeletionPolicy).toBe("Retain");
  expect(OpsTable.UpdateReplacePolicy).toBe("Retain");
  expect(OpsTable.Properties.KeySchema).toEqual([
    { AttributeName: "pk", KeyType: "HASH" },
    { AttributeName: "sk", KeyType: "RANGE" },
  ]);
  expect(OpsTable.Properties.TimeToLiveSpecification).toEqual({
    AttributeName: "expires_at",
    Enabled: true,
  });
});
