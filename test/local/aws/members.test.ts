import { expect, test } from "vitest";
import { z } from "zod";
import { badRequest } from "../../../local/aws/errors.ts";
import { flowMembers } from "../../../local/aws/mediaconnect/members.ts";
import { channelMembers } from "../../../local/aws/medialive/members/channel.ts";
import { members, type Problem, readMembers, unknownMembers } from "../../../local/aws/members.ts";

const schema = members({ name: z.string() }, { inner: z.array(members({}, { size: z.int() })) });

const read = (body: Record<string, unknown>) => {
  const told: Problem[] = [];
  const refuse = (problems: Problem[]) => {
    told.push(...problems);
    return badRequest("refused");
  };
  const run = () => readMembers(schema, body, { service: "s", operation: "Make", refuse });
  return { run, told };
};

test("null counts as absent", () => {
  expect(read({ name: "a", inner: [{ size: null }] }).run()).toEqual({ name: "a", inner: [{}] });
  const { run, told } = read({ name: null });
  expect(run).toThrow("refused");
  expect(told).toEqual([{ elementPath: "/name", errorMessage: "is required" }]);
});

test("a member that is not in the table is refused by name", () => {
  expect(read({ name: "a", inner: [{ colour: "red" }] }).run).toThrow(
    "s Make with inner/0/colour is not part of the local AWS yet",
  );
});

test("unknown members are told by their place, whatever else is wrong", () => {
  expect(unknownMembers(schema, { inner: [{ colour: 1, size: "x" }], other: null })).toEqual([
    "/inner/0/colour",
  ]);
  expect(unknownMembers(channelMembers, { encoderSettings: { foo: 1 } })).toEqual([
    "/encoderSettings/foo",
  ]);
  expect(unknownMembers(flowMembers, { source: { rtmpUrl: "x" }, name: "a" })).toEqual([
    "/source/rtmpUrl",
  ]);
});
