import { AwsError } from "./errors.ts";
import type { RequestFaultKind } from "./faults.ts";

/** What one request offers to a fault: its effect, its connection, and the moment when nobody waits any more. */
export type Meeting = {
  service: string;
  effect: () => Promise<Response>;
  cut: () => void;
  gone: () => Promise<void>;
};

/** Runs the effect of a request, or does to it what the fault says. */
export async function meetFault(
  kind: RequestFaultKind | null,
  meeting: Meeting,
): Promise<Response> {
  switch (kind) {
    case null:
      return meeting.effect();
    case "throttle":
      throw throttled(meeting.service);
    case "server-error":
      throw serverError(meeting.service);
    case "lost-response":
      // An error answer is lost just the same, so it must not surface here.
      await meeting.effect().catch(() => undefined);
      meeting.cut();
      break;
    case "reset":
      meeting.cut();
      break;
    case "hang":
      await meeting.gone();
  }
  return new Response(null, { status: 503 });
}

/** How a service words "too many requests" and "our fault"; the others do it as the awsJson services do. */
type Words = { throttled: [code: string, status: number]; broken: string };

const media: Words = {
  throttled: ["TooManyRequestsException", 429],
  broken: "InternalServerErrorException",
};

const json: Words = { throttled: ["ThrottlingException", 400], broken: "InternalServerError" };

const wordsOf: Record<string, Words> = {
  medialive: media,
  mediaconnect: media,
  scheduler: { throttled: ["ThrottlingException", 429], broken: "InternalServerException" },
  cloudformation: { ...json, throttled: ["Throttling", 400] },
  sqs: { ...json, throttled: ["RequestThrottled", 403] },
  ce: { ...json, throttled: ["LimitExceededException", 400] },
};

function throttled(service: string) {
  const [code, status] = (wordsOf[service] ?? json).throttled;
  return new AwsError(code, status, { message: "Rate exceeded" });
}

const serverError = (service: string) =>
  new AwsError((wordsOf[service] ?? json).broken, 500, { message: "Internal server error" });
