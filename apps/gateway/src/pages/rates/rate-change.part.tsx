import type { RateView } from '@kopeck/contracts';
import { useVisit } from '../rendering/visit-context.js';
import { changeOf } from './rate-periods.js';

/** How much it moved since the bulletin before: by word and sign, not by colour. */
export function RateChange({ rate }: { readonly rate: RateView }) {
  const { words, formats } = useVisit();
  const change = changeOf(rate);
  if (change === undefined) return <span class="note">{words.rates.first}</span>;
  if (change === 0) return <span class="note">{words.rates.unchanged}</span>;
  return (
    <span class="number">
      <span class="unseen">{change > 0 ? words.rates.up : words.rates.down} </span>
      {formats.percent(change, true)}
    </span>
  );
}
