import { describe, expect, it } from "vitest";
import type { StackEvent } from "../../infra/cloud.ts";
import { failureLines, firstFailure } from "../../infra/failure.ts";

const event = (own: Partial<StackEvent>): StackEvent => ({
  id: "1",
  at: new Date(0),
  logicalId: "TwitchChannel",
  physicalId: null,
  type: "AWS::MediaLive::Channel",
  status: "CREATE_FAILED",
  reason: null,
  ...own,
});

const handler = (message: string, status: number, code: string) =>
  `Resource handler returned message: "${message} (Service: MediaLive, Status Code: ${status}, Request ID: 1)" (HandlerErrorCode: ${code})`;

describe("firstFailure", () => {
  it("finds the cause among what was only cancelled because of it", () => {
    const events = [
      event({ logicalId: "A", status: "CREATE_COMPLETE" }),
      event({ logicalId: "B", reason: "Resource creation cancelled" }),
      event({ logicalId: "C", reason: "no" }),
      event({ logicalId: "D", reason: "later" }),
    ];
    expect(firstFailure(events)).toMatchObject({ logicalId: "C", reason: "no" });
    expect(failureLines(firstFailure(events))).toEqual(["First cause: C (channel): no"]);
  });

  it("knows none where nothing failed", () => {
    expect(failureLines(firstFailure([]))).toEqual(["CloudFormation gives no reason."]);
  });

  it.each([
    [handler("Forbidden", 403, "AccessDenied"), /does not know the new role everywhere yet/, true],
    [handler("Too many", 429, "Throttling"), /fewer requests/, true],
    [
      handler("You have exceeded the quota", 400, "ServiceLimitExceeded"),
      /quota is used up/,
      false,
    ],
    [
      handler("AudioSelectorName is required", 422, "InvalidRequest"),
      /does not accept the settings/,
      false,
    ],
    ["patchbay-ops already exists", /Something of that name exists already/, false],
    ["Export with name a is already exported by stack b", /Another stack exports that name/, false],
    ["Cannot delete export a as it is in use by b", /Another stack uses it/, false],
    ["a secret with this name is already scheduled for deletion", /waits for its deletion/, false],
  ])("explains: %s", (reason, meaning, mayPass) => {
    const failure = firstFailure([event({ reason })]);
    expect(failure).toMatchObject({ mayPass, meaning: expect.stringMatching(meaning) });
  });

  it("takes a refusal of anything but media for the person's own", () => {
    const reason = "User is not authorized to perform: iam:CreateRole (Status Code: 403)";
    expect(firstFailure([event({ type: "AWS::IAM::Role", reason })])).toMatchObject({
      mayPass: false,
      meaning: expect.stringMatching(/You are not allowed/),
    });
  });
});
