import { describe, expect, it } from "vitest";
import { holds, made, outputsFor, refusals } from "../support/template-choices.ts";
import { objectsIn, readTemplate } from "../support/templates.ts";

const template = readTemplate("srt-mediaconnect-flow.yaml");
const { Flow, BackupSource, FlowRole, SrtPassphrase } = template.Resources;
const encoder = "203.0.113.25/32";
const open = "yes-i-accept-that-anyone-may-send";

describe("the source", () => {
  it("listens for SRT on port 9998 with 200 ms, encrypted by a password", () => {
    expect(Flow?.Properties.Source).toEqual({
      Name: "primary",
      Description: expect.any(String),
      Protocol: "srt-listener",
      IngestPort: { Ref: "IngestPort" },
      WhitelistCidr: { "Fn::If": ["IsOpen", "0.0.0.0/0", { Ref: "AllowedCidr" }] },
      MinLatency: { Ref: "MinLatencyMs" },
      MaxBitrate: { Ref: "MaxBitrateBps" },
      Decryption: { "Fn::If": ["IsEncrypted", decryption, { Ref: "AWS::NoValue" }] },
    });
    expect(template.Parameters.IngestPort?.Default).toBe(9998);
    expect(template.Parameters.MinLatencyMs?.Default).toBe(200);
  });

  it("has a passphrase that SRT takes, which nobody has to think up", () => {
    expect(SrtPassphrase?.Properties.GenerateSecretString).toEqual({
      PasswordLength: 32,
      ExcludePunctuation: true,
    });
  });

  it("is let in to that passphrase alone", () => {
    const [policy] = objectsIn(FlowRole?.Properties.Policies);
    expect(objectsIn(policy).filter(({ Effect }) => Effect === "Allow")).toEqual([
      {
        Effect: "Allow",
        Action: [
          "secretsmanager:GetSecretValue",
          "secretsmanager:DescribeSecret",
          "secretsmanager:GetResourcePolicy",
          "secretsmanager:ListSecretVersionIds",
        ],
        Resource: { Ref: "SrtPassphrase" },
      },
    ]);
    expect(JSON.stringify(FlowRole?.Properties.AssumeRolePolicyDocument)).toContain(
      "mediaconnect.amazonaws.com",
    );
  });

  it("is looked at for a black, frozen or silent picture, and mended on a day that can be chosen", () => {
    const on = { State: "ENABLED", ThresholdSeconds: 30 };
    expect(Flow?.Properties).toMatchObject({
      SourceMonitoringConfig: {
        ThumbnailState: "ENABLED",
        ContentQualityAnalysisState: "ENABLED",
        VideoMonitoringSettings: [{ BlackFrames: on, FrozenFrames: on }],
        AudioMonitoringSettings: [{ SilentAudio: on }],
      },
      Maintenance: {
        MaintenanceDay: { Ref: "MaintenanceDay" },
        MaintenanceStartHour: { Ref: "MaintenanceHour" },
      },
    });
  });
});

const decryption = {
  KeyType: "srt-password",
  RoleArn: { "Fn::GetAtt": ["FlowRole", "Arn"] },
  SecretArn: { Ref: "SrtPassphrase" },
};

describe("who may send", () => {
  it("has to be said", () => {
    expect(template.Parameters.AllowedCidr).not.toHaveProperty("Default");
  });

  it.each([encoder, "10.0.0.0/8", "198.51.100.0/24"])("may be %s", (AllowedCidr) => {
    expect(refusals(template, { AllowedCidr })).toEqual([]);
  });

  it.each([
    "0.0.0.0/0",
    "0.0.0.0/1",
    "128.0.0.0/1",
    "8.0.0.0/7",
    "203.0.113.25",
    "203.0.113.256/32",
    "203.0.113/24",
    "203.0.113.25/33",
    "::/0",
    "example.com/32",
    "203.0.113.25/32,0.0.0.0/0",
    "",
  ])("may not be %j", (AllowedCidr) => {
    expect(refusals(template, { AllowedCidr })).toEqual([
      "AllowedCidr must be an IPv4 range from /8 to /32, for example 203.0.113.25/32; the whole internet is not a range of encoders",
    ]);
    expect(
      refusals(template, { AllowedCidr: encoder, BackupAllowedCidr: AllowedCidr || "/" }),
    ).toEqual([expect.stringMatching(/^BackupAllowedCidr must be/)]);
  });

  it("is everybody only for those who say so in full", () => {
    expect(holds(template, "IsOpen", { AllowedCidr: encoder })).toBe(false);
    expect(holds(template, "IsOpen", { AllowedCidr: encoder, AllowOpenInternet: open })).toBe(true);
    expect(refusals(template, { AllowedCidr: encoder, AllowOpenInternet: open })).toEqual([]);
    expect(refusals(template, { AllowedCidr: encoder, AllowOpenInternet: "yes" })).toHaveLength(1);
  });
});

describe("without encryption", () => {
  it("takes a narrow range that is said twice, and makes no secret", () => {
    const given = { AllowedCidr: encoder, UnencryptedCidr: encoder };
    expect(refusals(template, given)).toEqual([]);
    expect(made(template, given)).toEqual(["MediaConnect::Flow Flow"]);
    expect(outputsFor(template, given)).not.toContain("SrtPassphraseSecretArn");
  });

  it.each([
    [
      { AllowedCidr: "198.51.0.0/16", UnencryptedCidr: "198.51.0.0/16" },
      /must be empty, or a narrow/,
    ],
    [{ AllowedCidr: "10.0.0.0/8", UnencryptedCidr: encoder }, /must repeat AllowedCidr/],
    [
      { AllowedCidr: encoder, UnencryptedCidr: encoder, AllowOpenInternet: open },
      /open to the whole internet must be encrypted/,
    ],
    [
      { AllowedCidr: encoder, UnencryptedCidr: encoder, BackupAllowedCidr: "198.51.100.7/32" },
      /second source must be encrypted/,
    ],
  ])("does not take %j", (given, why) => {
    expect(refusals(template, given)).toEqual([expect.stringMatching(why)]);
  });
});

describe("a second source", () => {
  const given = { AllowedCidr: encoder, BackupAllowedCidr: "198.51.100.7/32" };

  it("is made when its encoder is named, and takes over by failover, which is all that SRT can", () => {
    expect(made(template, given)).toContain("MediaConnect::FlowSource BackupSource");
    expect(outputsFor(template, given)).toContain("SrtBackupIngestEndpoint");
    expect(Flow?.Properties.SourceFailoverConfig).toEqual({
      "Fn::If": [
        "HasBackup",
        {
          State: "ENABLED",
          FailoverMode: "FAILOVER",
          SourcePriority: { PrimarySource: "primary" },
        },
        { Ref: "AWS::NoValue" },
      ],
    });
  });

  it("is as the first one is, at another port", () => {
    expect(BackupSource?.Properties).toMatchObject({
      Protocol: "srt-listener",
      IngestPort: { Ref: "BackupIngestPort" },
      WhitelistCidr: { Ref: "BackupAllowedCidr" },
      MinLatency: { Ref: "MinLatencyMs" },
      Decryption: decryption,
    });
    expect(refusals(template, { ...given, BackupIngestPort: "9998" })).toEqual([
      "BackupIngestPort must be another port than IngestPort, for example 9999 beside 9998",
    ]);
  });
});

describe("what is made", () => {
  it("is the flow with its passphrase, and nothing that starts it or sends from it", () => {
    expect(made(template, { AllowedCidr: encoder })).toEqual([
      "SecretsManager::Secret SrtPassphrase",
      "IAM::Role FlowRole",
      "MediaConnect::Flow Flow",
    ]);
  });

  it("has alarms for those who name somebody to be told", () => {
    const given = { AllowedCidr: encoder, AlarmEmail: "video@example.com" };
    const alarms = made(template, given).filter((each) => each.startsWith("CloudWatch::Alarm"));
    expect(alarms).toEqual([
      "CloudWatch::Alarm SourceLostAlarm",
      "CloudWatch::Alarm PacketsLostAlarm",
      "CloudWatch::Alarm SourceUnsteadyAlarm",
    ]);
    expect(made(template, given)).toContain("SNS::Topic AlarmTopic");
    expect(made(template, { ...given, BackupAllowedCidr: encoder })).toContain(
      "CloudWatch::Alarm BackupLostAlarm",
    );
    expect(refusals(template, { AlarmEmail: "video" })).toEqual([
      "AlarmEmail must be empty or one address, for example video@example.com",
    ]);
  });

  it("is told to the bot and to the people at the encoder", () => {
    expect(outputsFor(template, { AllowedCidr: encoder })).toEqual([
      "SrtFlowArn",
      "SrtFlowName",
      "SrtIngestEndpoint",
      "SrtIngestIp",
      "SrtIngestPort",
      "SrtPassphraseSecretArn",
    ]);
    expect(template.Outputs.SrtIngestEndpoint?.Value).toEqual({
      "Fn::Sub": `srt://\${Flow.Source.IngestIp}:\${Flow.Source.SourceIngestPort}`,
    });
  });
});
