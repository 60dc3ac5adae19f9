import { describe, expect, it } from "vitest";
import type { Change } from "../../infra/cloud.ts";
import { diffLines } from "../../infra/diff.ts";

const change = (own: Partial<Change>): Change => ({
  action: "add",
  logicalId: "TwitchChannel",
  physicalId: null,
  type: "AWS::MediaLive::Channel",
  replaces: "no",
  properties: [],
  isKept: false,
  ...own,
});

const stack = (changes: Change[], own = {}) => ({
  name: "show-prod-channels",
  kind: "update" as const,
  mustRemove: false,
  isAfterFlow: false,
  isNothing: changes.length === 0,
  changes,
  ...own,
});

describe("diffLines", () => {
  it("tells what happens to each resource in the words of the field, media first", () => {
    const changes = [
      change({
        logicalId: "Role",
        type: "AWS::IAM::Role",
        action: "modify",
        properties: ["Policies"],
      }),
      change({}),
      change({
        logicalId: "PrimaryInput",
        type: "AWS::MediaLive::Input",
        action: "modify",
        replaces: "yes",
        properties: ["Type"],
      }),
      change({ logicalId: "CustomChannel", action: "remove" }),
      change({ logicalId: "StandbyPrimaryChannel", action: "modify", replaces: "maybe" }),
      change({ logicalId: "Table", type: "AWS::DynamoDB::Table", action: "remove", isKept: true }),
      change({ logicalId: "Odd", type: "AWS::New::Thing", action: "other" }),
    ];
    expect(diffLines([stack(changes)])).toEqual([
      "show-prod-channels: 7 changes",
      "    + TwitchChannel          new channel for Twitch",
      "  -/+ PrimaryInput           input for the primary is removed and made anew, because of Type",
      "    ~ StandbyPrimaryChannel  standby channel of the primary changes, and may be made anew",
      "    - CustomChannel          channel for Custom RTMP is removed",
      "    ~ Role                   role changes: Policies",
      "    ? Odd                    New Thing: CloudFormation does not say what happens to it",
      "    - Table                  table leaves the stack and stays in the account",
    ]);
  });

  it.each([
    [[], {}, "show-prod-channels: nothing to change"],
    [[], { isNothing: false }, "show-prod-channels: only outputs or tags change"],
    [[change({})], {}, "show-prod-channels: 1 change"],
    [[change({})], { kind: "create" }, "show-prod-channels: new"],
    [
      [change({})],
      { kind: "create", isAfterFlow: true },
      "show-prod-channels: new, after the flow",
    ],
    [
      [change({})],
      { mustRemove: true },
      "show-prod-channels: failed before; it is removed and made anew",
    ],
  ])("heads a stack with what becomes of it: %#", (changes, own, headline) => {
    expect(diffLines([stack(changes, own)])[0]).toBe(headline);
  });
});
