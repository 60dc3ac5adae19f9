import { describe, expect, it } from "vitest";
import { resolveParameters } from "../../infra/parameters.ts";
import type { Declared } from "../../infra/template.ts";

const declared = (name: string, own: Partial<Declared> = {}): Declared => ({
  name,
  description: "",
  default: null,
  allowedValues: [],
  allowedPattern: null,
  mostCharacters: null,
  least: null,
  most: null,
  constraint: null,
  isSecret: false,
  ...own,
});

describe("resolveParameters", () => {
  it("takes what is given, else what was there, else the default", () => {
    const all = [declared("A"), declared("B"), declared("C", { default: "c" })];
    expect(resolveParameters({ declared: all, given: { A: "1" }, previous: ["A", "B"] })).toEqual({
      parameters: [
        { key: "A", value: "1" },
        { key: "B", usePrevious: true },
      ],
      problems: [],
    });
  });

  const cidr = declared("AllowedCidr", {
    description: "Who may send.",
    allowedPattern: "[0-9./]+",
  });

  it.each([
    [
      cidr,
      undefined,
      "AllowedCidr is missing: Who may send. For example: --allowed-cidr 203.0.113.25/32",
    ],
    [
      cidr,
      "home",
      'AllowedCidr cannot be "home": Who may send. For example: --allowed-cidr 203.0.113.25/32',
    ],
    [
      declared("Rate", { allowedValues: ["29.97", "30"] }),
      "25",
      'Rate cannot be "25": it is one of 29.97, 30. For example: --param Rate=29.97',
    ],
    [
      declared("Port", {
        least: 1024,
        most: 65_535,
        default: "9998",
        constraint: "must be a port",
      }),
      "80",
      'Port cannot be "80": must be a port. For example: --param Port=9998',
    ],
    [
      declared("Port", {
        least: 1024,
        most: 65_535,
        default: "9998",
        constraint: "must be a port",
      }),
      "many",
      'Port cannot be "many": must be a port. For example: --param Port=9998',
    ],
    [
      declared("Name", { mostCharacters: 3, constraint: "must be short", default: "abc" }),
      "abcd",
      'Name cannot be "abcd": must be short. For example: --param Name=abc',
    ],
    [
      declared("Secret", { allowedPattern: "\\d+", isSecret: true, constraint: "must be digits" }),
      "hunter2",
      "Secret is not valid: must be digits. For example: --param Secret=…",
    ],
  ])("says what is wrong, with a valid example: %#", (parameter, value, problem) => {
    const given = value === undefined ? {} : { [parameter.name]: value };
    expect(resolveParameters({ declared: [parameter], given, previous: [] })).toEqual({
      parameters: [],
      problems: [problem],
    });
  });
});
