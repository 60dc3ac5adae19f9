import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Secret } from "../../src/domain/secret.ts";
import { readHandedOver } from "../../src/lambda/handed-over.ts";
import { seal, unseal } from "../../src/lambda/sealed.ts";

const secret = new Secret("xoxb-one");

describe("what is sealed", () => {
  it("is opened with the same secret only, and says nothing by itself", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 3, unit: "binary" }), (words) => {
        const sealed = seal(words, secret);
        expect(Buffer.from(sealed, "base64").includes(words)).toBe(false);
        expect(unseal(sealed, secret)).toBe(words);
        expect(unseal(sealed, new Secret("xoxb-two"))).toBeNull();
      }),
    );
  });

  it("cannot be opened when a single bit of it was changed", () => {
    const bytes = Buffer.from(seal("start twitch", secret), "base64");
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes);
      const at = bit >> 3;
      changed[at] = (changed[at] ?? 0) ^ (1 << (bit & 7));
      expect(unseal(changed.toString("base64"), secret)).toBeNull();
    }
  });

  it.each(["", "no base64", "AAAA", "A".repeat(36)])("is nothing when it is %j", (sealed) => {
    expect(unseal(sealed, secret)).toBeNull();
  });

  it("never has one beginning for two requests", () => {
    const beginningOf = (words: string) => seal(words, secret).slice(0, 16);
    expect(beginningOf("one")).not.toBe(beginningOf("two"));
  });
});

describe("what work is called with", () => {
  const request = { mediaType: "application/json", key: "k1", body: '{"a":"Zoë, 東京"}' };
  const handed = {
    source: "patchbay.slack",
    sealed: seal(JSON.stringify(request), secret),
  };

  it("is a request of Slack as it came", () => {
    const body = Buffer.from(request.body);
    expect(readHandedOver(handed, secret)).toEqual({ ...request, body });
  });

  it.each([
    [{ source: "aws.medialive", sealed: handed.sealed }],
    [{ source: "patchbay.slack" }],
    [{ Records: [] }],
    [null],
    ["words"],
  ])("is none of Slack when it is %j", (event) => {
    expect(readHandedOver(event, secret)).toBeNull();
  });

  it("is told when it was sealed for another bot, and not dropped", () => {
    expect(() => readHandedOver(handed, new Secret("xoxb-two"))).toThrow(
      "A request of Slack was sealed with another bot token.",
    );
  });
});
