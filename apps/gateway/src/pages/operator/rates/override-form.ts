import { isOfferedCurrency, RATE_SOURCES, type RateSource } from '@kopeck/contracts';
import type { Problem } from '../../../http/problem.js';
import type { FieldFault } from '../../components/field-fault.js';
import type { Words } from '../../language/words.js';
import type { Draft } from '../../visits/form-drafts.js';
import { faultsOfReason } from '../reason.js';
import { instantOfLocal } from './local-moment.js';
import { readTypedRate } from './typed-rate.js';

/** Longest that a price set by hand may hold: what never ends is forgotten. */
export const MAX_OVERRIDE_DAYS = 30;
const DAY_MS = 86_400_000;

export interface TypedOverride {
  readonly source: string;
  readonly currency: string;
  readonly rate: string;
  /** As the clock on the bank's wall shows it. */
  readonly expiresAt: string;
  readonly reason: string;
  readonly key: string;
}

export interface WantedOverride {
  readonly source: RateSource;
  readonly currency: string;
  readonly rate: string;
  readonly expiresAt: string;
  readonly reason: string;
}

export function typedOverrideOf(draft: Draft, key: string): TypedOverride {
  const { source = '', currency = '', rate = '', expiresAt = '', reason = '' } = draft;
  return { source, currency, rate, expiresAt, reason, key };
}

/** @returns what is to be asked for, or everything that is wrong with it. */
export function readOverride(
  typed: TypedOverride,
  { words, timeZone, nowMs }: { readonly words: Words; readonly timeZone: string; readonly nowMs: number },
): { readonly wanted: WantedOverride } | { readonly faults: readonly FieldFault[] } {
  const text = words.operatorRates;
  const source = RATE_SOURCES.find((known) => known === typed.source);
  const rate = readTypedRate(typed.rate);
  const expiresAt = instantOfLocal(typed.expiresAt, timeZone);
  const faults = [
    ...(source === undefined ? [{ field: 'source', text: text.sourceMissing }] : []),
    ...(isOfferedCurrency(typed.currency) ? [] : [{ field: 'currency', text: text.currencyMissing }]),
    ...(rate.ok ? [] : [{ field: 'rate', text: text.rateFaults[rate.fault] }]),
    ...(isSoon(expiresAt, nowMs) ? [] : [{ field: 'expiresAt', text: text.expiryWrong(MAX_OVERRIDE_DAYS) }]),
    ...faultsOfReason(typed.reason, words),
  ];
  if (faults.length > 0 || source === undefined || !rate.ok || expiresAt === undefined) return { faults };
  const { currency, reason } = typed;
  return { wanted: { source, currency, rate: rate.rate, expiresAt, reason } };
}

function isSoon(expiresAt: string | undefined, nowMs: number): boolean {
  const inMs = expiresAt === undefined ? 0 : Date.parse(expiresAt) - nowMs;
  return inMs > 0 && inMs <= MAX_OVERRIDE_DAYS * DAY_MS;
}

/** What the converter has against it, beside the field it is about. @returns undefined for another kind of problem. */
export function faultsOfProblem({ code, errors = [] }: Problem, words: Words): FieldFault[] | undefined {
  const text = words.operatorRates;
  if (code === 'idempotency_key_reused') return [{ text: words.form.sentTwice }];
  if (code === 'state_conflict') return [{ field: 'source', text: text.sourceHasNone }];
  if (code !== 'validation_failed') return undefined;
  const pointers = errors.map(({ pointer }) => pointer);
  const faults = [
    ...(pointers.includes('#/currency') ? [{ field: 'currency', text: text.currencyIsPivot }] : []),
    ...(pointers.includes('#/expiresAt')
      ? [{ field: 'expiresAt', text: text.expiryWrong(MAX_OVERRIDE_DAYS) }]
      : []),
  ];
  return faults.length > 0 ? faults : undefined;
}
