import type { RateOrigin } from '@kopeck/contracts';
import { useVisit } from '../rendering/visit-context.js';

/** Where a rate comes from, and how old it is: whoever shows a rate shows this. */
export function RateOriginLine({ origin }: { readonly origin: RateOrigin }) {
  const { words, formats, nowMs } = useVisit();
  const { rates } = words;
  return (
    <p class="note">
      {rates.origin(
        rates.sources[origin.source],
        formats.day(origin.asOf),
        formats.ago(origin.confirmedAt, nowMs),
      )}
      {origin.isSnapshot && ` ${rates.snapshot}`}
      {origin.isOverridden && ` ${rates.overridden}`}
    </p>
  );
}
