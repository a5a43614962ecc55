/**
 * Nearest-rank percentile of numbers sorted in ascending order; null when there are none.
 *
 * @param {ArrayLike<number>} sorted
 * @param {number} percent
 */
export function percentile(sorted, percent) {
  if (sorted.length === 0) return null;
  const rank = Math.max(1, Math.ceil((percent / 100) * sorted.length));
  return sorted[rank - 1];
}

/**
 * Median of the rounds; rounds without a value don't count.
 *
 * @param {(number | null)[]} values
 */
export function median(values) {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
  if (sorted.length === 0) return null;
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
