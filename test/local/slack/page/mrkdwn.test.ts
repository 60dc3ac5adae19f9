import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pageModule } from "./page-module.ts";

type Node = { type: string; text?: string; children?: Node[] };
const { parseMrkdwn } = await pageModule<{ parseMrkdwn(source: string): Node[] }>("mrkdwn.js");

const text = (value: string) => ({ type: "text", text: value });
const cases: [string, Node[]][] = [
  ["plain", [text("plain")]],
  [
    "*bold* and _thin_",
    [
      { type: "bold", children: [text("bold")] },
      text(" and "),
      { type: "italic", children: [text("thin")] },
    ],
  ],
  ["~*both*~", [{ type: "strike", children: [{ type: "bold", children: [text("both")] }] }]],
  ["2*3*4 and a_b_c", [text("2*3*4 and a_b_c")]],
  ["* not bold *", [text("* not bold *")]],
  ["`*code*`", [{ type: "code", text: "*code*" }]],
  ["```\na < b\n```", [{ type: "pre", text: "a < b" }]],
  ["a\nb", [text("a"), { type: "break" }, text("b")]],
  ["&gt; said\nnext", [{ type: "quote", children: [text("said")] }, text("next")]],
  ["&lt;b&gt; &amp;amp;", [text("<b> &amp;")]],
];

describe("mrkdwn", () => {
  it.each(cases)("reads %j", (source, nodes) => {
    expect(parseMrkdwn(source)).toEqual(nodes);
  });

  it.each([
    [
      "<https://a.example/?x=1&amp;y=2|here>",
      { type: "link", url: "https://a.example/?x=1&y=2", label: "here" },
    ],
    [
      "<mailto:a@b.example>",
      { type: "link", url: "mailto:a@b.example", label: "mailto:a@b.example" },
    ],
    ["<@U1|ana>", { type: "user", id: "U1", label: "ana" }],
    ["<#C1>", { type: "conversation", id: "C1", label: null }],
    ["<!channel>", { type: "broadcast", id: "channel", label: null }],
    [
      "<!date^60^{time}|01:00 UTC>",
      { type: "date", at: 60_000, format: "{time}", url: null, fallback: "01:00 UTC" },
    ],
    [
      "<!date^60^{time}^https://a.example|x>",
      { type: "date", at: 60_000, format: "{time}", url: "https://a.example", fallback: "x" },
    ],
  ])("reads the reference %s", (source, node) => {
    expect(parseMrkdwn(source)).toEqual([node]);
  });

  it.each(["<javascript:alert(1)|x>", "<data:text/html,x>", "<JaVaScRiPt:alert(1)>"])(
    "leaves %s as text",
    (source) => {
      expect(parseMrkdwn(source)).toEqual([text(source)]);
    },
  );

  it("never loses plain characters and never fails", () => {
    const letters = fc.string({
      unit: fc.constantFrom("a", " ", "*", "_", "~", "`", "<", ">", "|", "!", "@", "\n", "&"),
    });
    fc.assert(
      fc.property(letters, (source) => {
        const count = (value: string) => value.replace(/[^a]/g, "").length;
        const size = count(JSON.stringify(parseMrkdwn(source).map(contentOf)));
        expect(size).toBeLessThanOrEqual(count(source));
      }),
    );
  });
});

function contentOf(node: Node): unknown {
  return node.children?.map(contentOf) ?? node.text ?? "";
}
