type Token = { getRetryCount(): number; getRetryDelay(): number };
type Failure = { errorType: string; error?: { name?: string; code?: unknown } };

const firstDelayMs = 100;

/** The SDK also names a cut connection a TimeoutError; its system code tells the two apart. */
const isTimeout = ({ error }: Failure): boolean =>
  error?.name === "TimeoutError" && error.code !== "ECONNRESET" && error.code !== "EPIPE";

/**
 * One retry strategy for both generations of the SDK, which take any object of this shape: throttling, 5xx and broken
 * connections are tried again after 100, 200, 400 … ms; a request that timed out is not, because the caller looks again
 * by itself and has waited long enough.
 */
export function retries(maxAttempts: number) {
  const token = (count: number): Token => ({
    getRetryCount: () => count,
    getRetryDelay: () => (count === 0 ? 0 : firstDelayMs * 2 ** (count - 1)),
  });
  return {
    acquireInitialRetryToken: () => Promise.resolve(token(0)),
    refreshRetryTokenForRetry: (used: Token, failure: Failure) => {
      const count = used.getRetryCount() + 1;
      const hopeless = failure.errorType === "CLIENT_ERROR" || isTimeout(failure);
      return hopeless || count >= maxAttempts
        ? Promise.reject(new Error("no further attempt"))
        : Promise.resolve(token(count));
    },
    recordSuccess: () => undefined,
  };
}
