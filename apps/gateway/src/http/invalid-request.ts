import { Problem, type Fault } from './problem.js';

/** Most faults that one answer lists: a body of thousands of unknown fields gets no answer of a megabyte. */
const MAX_FAULTS = 20;

/** The problem of a request that has mistakes, each with its place. */
export function invalidRequest(faults: readonly Fault[]): Problem {
  const shown = faults.slice(0, MAX_FAULTS);
  const detail =
    faults.length === 1
      ? `${shown[0]!.detail.replace(/\.$/, '')}.`
      : `${faults.length} mistakes, see "errors"${faults.length > MAX_FAULTS ? ` for the first ${MAX_FAULTS}` : ''}.`;
  return new Problem('validation_failed', detail, { errors: shown });
}
