import { expect, it } from "vitest";
import { made, refusals } from "../support/template-choices.ts";
import { readTemplate, resourcesOf } from "../support/templates.ts";

const template = readTemplate("multi-medialive-channels.yaml");
const inputs = { InputWiring: "rtp-fec", RtpSenderCidr: "198.51.100.9/32" };
const ingests =
  "203.0.113.1:5000,203.0.113.2:5000,203.0.113.3:5000,203.0.113.4:5000,203.0.113.5:5000";

it("makes inputs first, whose addresses nobody knows yet, and lets in the flow alone", () => {
  const first = made(template, inputs);
  expect(first).toContain("MediaLive::InputSecurityGroup RtpInputSecurityGroup");
  expect(first.filter((each) => each.includes("FlowOutput"))).toEqual([]);
  expect(template.Resources.RtpInputSecurityGroup?.Properties.WhitelistRules).toEqual([
    { Cidr: { Ref: "RtpSenderCidr" } },
  ]);
});

it("pushes to each input once its address is given", () => {
  const second = made(template, { ...inputs, RtpIngests: ingests, CreateTwitch: "false" });
  expect(second.filter((each) => each.includes("FlowOutput"))).toEqual([
    "MediaConnect::FlowOutput PrimaryRtpOutput",
    "MediaConnect::FlowOutput YoutubeRtpOutput",
    "MediaConnect::FlowOutput LinkedinRtpOutput",
    "MediaConnect::FlowOutput CustomRtpOutput",
  ]);
});

it("ignores addresses for the other wiring", () => {
  const outputs = made(template, { RtpIngests: ingests }).filter((each) =>
    each.includes("FlowOutput"),
  );
  expect(outputs).toEqual([]);
});

it.each(
  resourcesOf(template, "AWS::MediaConnect::FlowOutput").map(([id, output], index) => ({
    id,
    output,
    index,
  })),
)(
  "$id has only members that RTP-FEC takes, and the address of its own place",
  ({ output, index }) => {
    const address = { "Fn::Split": [":", { "Fn::Select": [index, { Ref: "RtpIngests" }] }] };
    expect(output.Properties).toEqual({
      FlowArn: { Ref: "FlowArn" },
      Name: expect.anything(),
      Description: expect.any(String),
      Protocol: "rtp-fec",
      Destination: { "Fn::Select": [0, address] },
      Port: { "Fn::Select": [1, address] },
    });
  },
);

it("says the order of the addresses as its outputs take them", () => {
  const order = resourcesOf(template, "AWS::MediaConnect::FlowOutput").map(([id]) =>
    id.replace("RtpOutput", "").toLowerCase(),
  );
  expect(template.Parameters.RtpIngests?.Description).toContain(order.join(", "));
});

it("is refused without a sender, and with a sixth push input", () => {
  expect(refusals(template, { InputWiring: "rtp-fec" })).toEqual([
    "InputWiring rtp-fec needs RtpSenderCidr, for example 198.51.100.9/32",
  ]);
  expect(refusals(template, { ...inputs, CreateStandbyPrimary: "true" })).toEqual([
    expect.stringContaining("no input left for a standby primary"),
  ]);
  expect(refusals(template, { ...inputs, RtpSenderCidr: "0.0.0.0/0" })).toEqual([
    expect.stringContaining("RtpSenderCidr must be empty or an IPv4 range"),
  ]);
});
