/** An answer that AWS declares as an error: rendered as JSON or XML by the service that was asked. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  /** Members beside `message`, for example `validationErrors`. */
  readonly members: Readonly<Record<string, unknown>>;

  constructor(code: string, status: number, more: { message: string; [member: string]: unknown }) {
    const { message, ...members } = more;
    super(message);
    this.name = "AwsError";
    this.code = code;
    this.status = status;
    this.members = members;
  }
}

export const badRequest = (message: string) =>
  new AwsError("BadRequestException", 400, { message });

export const notFound = (message: string) => new AwsError("NotFoundException", 404, { message });

export const conflict = (message: string) => new AwsError("ConflictException", 409, { message });

/** What does not exist here says so by name, so that a gap never looks like a success. */
export const notPartOfLocalAws = (service: string, operation: string) =>
  new AwsError("UnknownOperationException", 400, {
    message: `${service} ${operation} is not part of the local AWS yet`,
  });

/** Malformed JSON, as the AWS JSON protocols name it. */
export const unreadable = (message: string) =>
  new AwsError("SerializationException", 400, { message });
