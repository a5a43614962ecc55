import type { FieldFault } from '../../components/field-fault.js';
import type { Words } from '../../language/words.js';
import type { Draft } from '../../visits/form-drafts.js';
import { faultsOfReason } from '../reason.js';

export type Decision = 'accept' | 'reject';

export interface TypedDecision {
  /** Absent until somebody has chosen: neither is the default. */
  readonly decision?: Decision;
  readonly reason: string;
}

export function typedDecisionOf({ decision, reason = '' }: Draft): TypedDecision {
  return decision === 'accept' || decision === 'reject' ? { decision, reason } : { reason };
}

export function faultsOfDecision({ decision, reason }: TypedDecision, words: Words): FieldFault[] {
  return [
    ...(decision === undefined ? [{ field: 'decision', text: words.operatorRates.decisionMissing }] : []),
    ...faultsOfReason(reason, words),
  ];
}

export function isDecided(typed: TypedDecision, words: Words): typed is Required<TypedDecision> {
  return faultsOfDecision(typed, words).length === 0;
}
