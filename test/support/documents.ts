import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");

/** The words of a file of the project. */
export const readProjectFile = (file: string): string => readFileSync(join(root, file), "utf8");

/** The files under a folder that end so, as paths from the project's root. */
export const filesUnder = (folder: string, ending: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(ending))
    .map((file) => join(folder, file))
    .toSorted();

/** The documents that people read; the first are those of the project's own folder. */
export const documents: readonly string[] = [
  ...readdirSync(root).filter((file) => file.endsWith(".md")),
  ...["docs", "infra", "local", "src", "test/sim", "bench"].flatMap((folder) =>
    filesUnder(folder, ".md"),
  ),
];

/** A block of code with what stands behind its three backticks: "sh" or "sh needs=aws". */
export type Block = {
  file: string;
  language: string;
  needs: string | null;
  lines: readonly string[];
};

/** Every block of code of a document; its comments are left out, and a line that goes on is one. */
export function blocksOf(file: string): Block[] {
  const fences = readProjectFile(file).matchAll(/^```(\w+)([^\n]*)\n(.*?)^```$/gms);
  return [...fences].map(([, language = "", info = "", body = ""]) => ({
    file,
    language,
    needs: /needs=(\w+)/.exec(info)?.[1] ?? null,
    lines: body
      .replaceAll("\\\n", " ")
      .split("\n")
      .map((line) => line.replace(/\s+#\s.*$/, "").trim())
      .filter((line) => line !== "" && !line.startsWith("#")),
  }));
}
