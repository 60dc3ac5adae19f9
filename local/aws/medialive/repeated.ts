/** The places at which a value comes again. */
export const repeated = (values: readonly (string | undefined)[]): number[] =>
  values.flatMap((value, index) =>
    value !== undefined && values.indexOf(value) < index ? [index] : [],
  );
