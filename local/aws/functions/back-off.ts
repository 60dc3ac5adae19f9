/** How long the world waits after so many failures, doubling from half a second up to a minute. */
export const backOffMs = (failures: number): number => Math.min(250 * 2 ** failures, 60_000);
