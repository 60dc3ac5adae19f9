import { Secret } from "./domain/secret.ts";

/** The words of an environment; an empty value is the same as none. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The process's own environment. */
export const processEnvironment = (): Environment => process.env;

/** Whether a word can be what Slack signs an app's requests with: hex digits as of 2026; other letters may come. */
export const isSigningSecret = (word: string): boolean => /^[A-Za-z0-9]{16,}$/.test(word);

/** The one value that a function needs before it loads the rest; null for none, and for one that cannot be right. */
export function readSigningSecret({ SLACK_SIGNING_SECRET = "" }: Environment): Secret | null {
  return isSigningSecret(SLACK_SIGNING_SECRET) ? new Secret(SLACK_SIGNING_SECRET) : null;
}
