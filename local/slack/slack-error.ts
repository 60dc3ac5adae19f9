/** A refusal in Slack's own words: `{"ok": false, "error": code, …details}`. */
export class SlackError extends Error {
  readonly code: string;
  readonly details: Record<string, unknown>;

  constructor(code: string, details: Record<string, unknown> = {}) {
    super(code);
    this.name = "SlackError";
    this.code = code;
    this.details = details;
  }
}

/** A refusal that lists what is wrong with the arguments, as `response_metadata.messages` does in Slack. */
export function refusal(code: string, problems: readonly string[]): SlackError {
  const messages = problems.map((problem) => `[ERROR] ${problem}`);
  return new SlackError(code, { errors: problems, response_metadata: { messages } });
}
