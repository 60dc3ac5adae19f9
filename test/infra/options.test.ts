import { describe, expect, it } from "vitest";
import { parseOptions } from "../../infra/options.ts";

describe("parseOptions", () => {
  it("fills in what is not said", () => {
    expect(parseOptions(["plan"])).toEqual({
      verb: "plan",
      site: { project: "patchbay", environment: "prod" },
      region: undefined,
      parameters: {},
      only: null,
      channelQuota: null,
      yes: false,
      json: false,
      overwrite: false,
      app: false,
    });
  });

  it("makes parameters of what has a word of its own", () => {
    const words =
      "deploy --allowed-cidr 203.0.113.25/32 --skip youtube,custom --standby --with-existing-tables";
    const { parameters } = parseOptions([...words.split(" "), "--param", "AlarmEmail=a@b.example"]);
    expect(parameters).toEqual({
      AllowedCidr: "203.0.113.25/32",
      CreateYoutube: "false",
      CreateCustom: "false",
      CreateStandbyPrimary: "true",
      CreateExistingTables: "true",
      AlarmEmail: "a@b.example",
    });
  });

  it("lets a value hold an equals sign", () => {
    expect(parseOptions(["plan", "--param", "Key=a=b"]).parameters).toEqual({ Key: "a=b" });
  });

  it.each([
    ["", "Say what to do: plan, deploy, status, destroy or migrate."],
    ["deply", "There is no command deply; there are plan, deploy, status, destroy and migrate."],
    ["plan deploy", 'There is one command at a time, and then "deploy".'],
    ["plan --regoin us-west-2", "Unknown option '--regoin'."],
    ["plan --region", "Option '--region <value>' argument missing."],
    ["plan --region oregon", '"oregon" is not a region; a valid example: --region us-west-2'],
    ["plan --param Foo", '"Foo" is not a parameter; a valid example: --param MinLatencyMs=400'],
    [
      "plan --skip vimeo",
      '"vimeo" cannot be skipped; there are primary, youtube, twitch, linkedin, custom.',
    ],
    [
      "plan --channel-quota many",
      '"many" is not a number of channels; a valid example: --channel-quota 8',
    ],
    [
      "plan --profile show",
      "The profile is an environment variable: AWS_PROFILE=<name> npm run infra -- …",
    ],
  ])("refuses %j with one sentence", (words, message) => {
    expect(() => parseOptions(words.split(" ").filter(Boolean))).toThrow(
      expect.objectContaining({
        code: "invalid-input",
        message,
        hint: "npm run infra -- help lists every option.",
      }),
    );
  });
});
