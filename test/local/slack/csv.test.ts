import { expect, test } from "vitest";
import { firstRows } from "../../../local/slack/csv.ts";

test.each<[string, string[][]]>([
  ["", []],
  [
    "a,b\n1,2\n",
    [
      ["a", "b"],
      ["1", "2"],
    ],
  ],
  [
    "a,b\r\n1,2",
    [
      ["a", "b"],
      ["1", "2"],
    ],
  ],
  ["\uFEFFa\n1", [["a"], ["1"]]],
  ['"a, b","say ""x""","two\nlines"', [["a, b", 'say "x"', "two\nlines"]]],
  [
    "a,,\n,b,",
    [
      ["a", "", ""],
      ["", "b", ""],
    ],
  ],
  ["a\n\nb", [["a"], [""], ["b"]]],
  ['a,b\n1,"open', [["a", "b"]]],
])("%j is read as %j", (text, rows) => {
  expect(firstRows(text, 10)).toEqual(rows);
});

test("no more rows are read than wanted", () => {
  expect(firstRows("a\nb\nc", 2)).toEqual([["a"], ["b"]]);
});
