import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
} from "yaml";
import { formatError } from "./refusals.ts";

const functions = [
  ...["And", "Base64", "Cidr", "Equals", "FindInMap", "GetAZs", "If", "ImportValue", "Join", "Not"],
  ...["Or", "Select", "Split", "Sub"],
];

/** What each short form stands for (CloudFormation user guide, intrinsic functions). */
const longForms: Record<string, string> = {
  "!Ref": "Ref",
  "!Condition": "Condition",
  "!GetAtt": "Fn::GetAtt",
  ...Object.fromEntries(functions.map((name) => [`!${name}`, `Fn::${name}`])),
};

/** Reads YAML (and so JSON) with short forms made long; a duplicate key and an unknown tag are refused. */
export function parseYaml(body: string): unknown {
  const document = parseDocument(body, { uniqueKeys: true, logLevel: "error" });
  const [error] = document.errors;
  if (error !== undefined) throw notWellFormed(error);
  return toValue(document.contents, document);
}

/** Lines and columns count from 1. */
function notWellFormed(error: Document["errors"][number]) {
  const [start] = error.linePos ?? [];
  const place = start === undefined ? "" : ` (line ${start.line}, column ${start.col})`;
  const problem = error.message.split(" at line")[0];
  return formatError(`YAML not well-formed.${place}: ${problem}`);
}

function toValue(node: Node | null, document: Document): unknown {
  if (node === null) return null;
  if (isAlias(node)) return toValue(node.resolve(document) ?? null, document);
  const plain = toPlain(node, document);
  const tag = node.tag;
  if (tag === undefined || tag.startsWith("tag:yaml.org,2002:")) return plain;
  const name = longForms[tag];
  if (name === undefined) throw formatError(`Unrecognized tag ${tag}.`);
  return { [name]: name === "Fn::GetAtt" ? toAddress(plain) : plain };
}

function toPlain(node: Node, document: Document): unknown {
  if (isScalar(node)) return node.value;
  if (isSeq<Node | null>(node)) return node.items.map((item) => toValue(item, document));
  if (!isMap<Node, Node | null>(node)) throw formatError("unsupported structure.");
  return Object.fromEntries(node.items.map((pair) => toEntry(pair, document)));
}

function toEntry({ key, value }: Pair<Node, Node | null>, document: Document) {
  if (!isScalar(key)) throw formatError("a key must be a text.");
  return [String(key.value), toValue(value, document)];
}

/** `!GetAtt Flow.Source.IngestIp` names the resource up to the first dot. */
function toAddress(plain: unknown): unknown {
  if (typeof plain !== "string") return plain;
  const [resource, ...attribute] = plain.split(".");
  return [resource, attribute.join(".")];
}
