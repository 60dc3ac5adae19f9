import { join } from "node:path";
import { createSaver, loadSaved } from "../saved.ts";
import { isJson } from "./input.ts";

export type Parameter = {
  name: string;
  type: "String" | "StringList" | "SecureString";
  value: string;
  version: number;
  /** Epoch milliseconds. */
  modifiedAt: number;
};

/** The Parameter Store's memory; with a home it is a file that only its owner may read. */
export type Parameters = {
  get(name: string): Parameter | undefined;
  put(parameter: Parameter): Promise<void>;
  /** Answers whether there was one. */
  remove(name: string): Promise<boolean>;
};

export async function openParameters(home: string | null): Promise<Parameters> {
  const path = home === null ? null : join(home, "parameters.json");
  const saved = path === null ? null : await loadSaved(path, parseParameters);
  const parameters = new Map((saved ?? []).map((parameter) => [parameter.name, parameter]));
  const saver = path === null ? null : createSaver(path, () => [...parameters.values()]);
  return {
    get: (name) => parameters.get(name),
    put: async (parameter) => {
      parameters.set(parameter.name, parameter);
      await saver?.save();
    },
    remove: async (name) => {
      const existed = parameters.delete(name);
      await saver?.save();
      return existed;
    },
  };
}

function parseParameters(value: unknown): Parameter[] | null {
  return Array.isArray(value) && value.every(isParameter) ? value : null;
}

function isParameter(value: unknown): value is Parameter {
  if (!isJson(value)) return false;
  const { name, type, value: text, version, modifiedAt } = value;
  const texts = [name, type, text].every((item) => typeof item === "string");
  return texts && [version, modifiedAt].every((item) => typeof item === "number");
}
