/** How many letters two words differ by: inserted, left out, changed, or swapped with their neighbour. */
function distance(left: string, right: string): number {
  const rows = Array.from({ length: left.length + 1 }, (_, row) =>
    Array.from({ length: right.length + 1 }, (_, column) =>
      row === 0 ? column : column === 0 ? row : 0,
    ),
  );
  const at = (row: number, column: number) => rows[row]?.[column] ?? Number.POSITIVE_INFINITY;
  for (let row = 1; row <= left.length; row++)
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1];
      const swapped = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      const best = Math.min(
        at(row - 1, column) + 1,
        at(row, column - 1) + 1,
        at(row - 1, column - 1) + (same ? 0 : 1),
        swapped ? at(row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY,
      );
      rows[row]?.splice(column, 1, best);
    }
  return at(left.length, right.length);
}

/** The right word that is most like a wrong one, or null when none is like it at all. */
export function nearest(word: string, right: readonly string[]): string | null {
  const wrong = word.toLowerCase().slice(0, 40);
  const limit = Math.max(1, Math.floor(wrong.length / 3));
  const ranked = right
    .filter((candidate) => candidate !== "")
    .map((candidate) => ({ candidate, far: distance(wrong, candidate.toLowerCase()) }))
    .filter(({ far }) => far <= limit)
    .toSorted((left, other) => left.far - other.far);
  return ranked[0]?.candidate ?? null;
}
