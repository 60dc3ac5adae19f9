/** Seeds that once violated something, each with what it was. They are lived in each run of the CI. */
export const regressions: readonly { seed: number; days: number; was: string }[] = [];
