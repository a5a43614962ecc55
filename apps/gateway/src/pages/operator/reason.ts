import { REFERENCE } from '@kopeck/contracts';
import type { FieldFault } from '../components/field-fault.js';
import type { Words } from '../language/words.js';

const MIN_LENGTH = 3;
export const MAX_REASON_LENGTH = 200;

/** Why an operator does something: kept for ever beside it, so it has to say something. */
export function faultsOfReason(reason: string, words: Words): FieldFault[] {
  const isReason =
    reason.length >= MIN_LENGTH && reason.length <= MAX_REASON_LENGTH && REFERENCE.test(reason);
  return isReason ? [] : [{ field: 'reason', text: words.operator.reasonWrong }];
}
