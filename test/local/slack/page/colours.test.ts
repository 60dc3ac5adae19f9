import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";

const css = await readFile(
  new URL("../../../../local/slack/page/base.css", import.meta.url),
  "utf8",
);
const [lightRules = "", darkRules = ""] = css.split("@media (prefers-color-scheme: dark)");
const light = tokensOf(lightRules);
const schemes = { light, dark: { ...light, ...tokensOf(darkRules) } };

/** Text on ground, everywhere that the page writes. */
const pairs = [
  ...["ink", "soft", "accent", "danger", "live", "wait"].flatMap((text) => [
    `${text} surface`,
    `${text} ground`,
  ]),
  ...["ink", "soft"].map((text) => `${text} sunken`),
  ...["accent", "live", "wait", "danger"].map((text) => `${text} ${text}-wash`),
  ...["soft accent-wash", "ink accent-wash", "on-accent accent", "on-danger danger"],
  ...["rail-ink rail", "rail-soft rail", "rail-ink rail-lift", "rail-soft rail-lift"],
];

describe.each(Object.entries(schemes))("colours, %s", (_, tokens) => {
  it.each(pairs)("%s reads at 4.5 to 1 or better (WCAG 2.2, 1.4.3)", (pair) => {
    const [text = "", ground = ""] = pair.split(" ");
    expect(contrast(tokens[text] ?? "", tokens[ground] ?? "")).toBeGreaterThanOrEqual(4.5);
  });

  const charts = ["a", "b", "c", "d", "e", "f"].map((look) => `chart-${look} surface`);
  it.each(["edge surface", "edge ground", ...charts])(
    "%s shows at 3 to 1 or better (1.4.11)",
    (pair) => {
      const [line = "", ground = ""] = pair.split(" ");
      expect(contrast(tokens[line] ?? "", tokens[ground] ?? "")).toBeGreaterThanOrEqual(3);
    },
  );
});

function tokensOf(rules: string): Record<string, string> {
  const found = rules.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g);
  return Object.fromEntries([...found].map(([, name = "", value = ""]) => [name, value]));
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
