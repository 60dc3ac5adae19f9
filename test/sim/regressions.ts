import type { Life } from "./forms.ts";

/** Lives that once violated something, each with what it was. They are lived in each run of the CI. */
export const regressions: readonly (Life & { was: string })[] = [];
