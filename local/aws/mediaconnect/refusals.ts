import { AwsError, badRequest } from "../errors.ts";
import type { Problem } from "../members.ts";

/** MediaConnect says in one sentence what is wrong; it knows no list of problems (MediaConnect API model). */
export const badFlow = (problems: Problem[]) =>
  badRequest(
    problems
      .map(({ elementPath, errorMessage }) => `${elementPath.slice(1)} ${errorMessage}`)
      .join("; "),
  );

/** What CreateFlow and AddFlowOutputs answer when a quota is reached: status 420, the cause in the message. */
export const exceeded = (operation: "CreateFlow" | "AddFlowOutputs", message: string) =>
  new AwsError(`${operation}420Exception`, 420, { message });
