import { ALERT_KINDS, RATE, type AlertKind } from '@kopeck/contracts';
import type { FieldFault } from '../components/field-fault.js';
import type { Words } from '../language/words.js';

export interface TypedAlert {
  readonly kind: string;
  readonly value: string;
}

/** As the converter takes it: a rate, or a percentage. */
export interface AskedAlert {
  readonly kind: AlertKind;
  readonly rate?: string;
  readonly percent?: string;
}

export type AlertFormOutcome =
  | { readonly ok: true; readonly asked: AskedAlert }
  | { readonly ok: false; readonly faults: readonly FieldFault[] };

const PERCENT = /^(?!0+(\.0*)?$)\d{1,3}(\.\d{1,2})?$/;

/** A point or a comma before the decimals; no thousands, which rates of these currencies hardly have. */
export function readAlertForm({ kind, value }: TypedAlert, { rates }: Words): AlertFormOutcome {
  const known = ALERT_KINDS.find((name) => name === kind);
  const number = value.trim().replace(',', '.').replace(/\s*%$/, '');
  if (known === undefined) return { ok: false, faults: [{ field: 'kind', text: rates.alertKindWrong }] };
  if (known === 'moves_by') {
    if (PERCENT.test(number)) return { ok: true, asked: { kind: known, percent: number } };
    return { ok: false, faults: [{ field: 'value', text: rates.alertPercentWrong }] };
  }
  if (RATE.test(number)) return { ok: true, asked: { kind: known, rate: number } };
  return { ok: false, faults: [{ field: 'value', text: rates.alertRateWrong }] };
}
