/**
 * The same answer for the same key, worked out once: for what follows from its key alone and takes long. All are forgotten
 * when there are more than `most`.
 */
export function keptAnswers<Key, Value>(
  most: number,
  workOut: (key: Key) => Value,
): (key: Key) => Value {
  const known = new Map<Key, { value: Value }>();
  return (key) => {
    const kept = known.get(key);
    if (kept !== undefined) return kept.value;
    const value = workOut(key);
    if (known.size >= most) known.clear();
    known.set(key, { value });
    return value;
  };
}
