import { MAX_WEBHOOK_ENDPOINTS } from '@kopeck/contracts';
import { Problem } from '../../http/problem.js';
import type { FieldFault } from '../components/field-fault.js';
import type { Visit } from '../visits/visit.js';

/**
 * What was refused about a form, in words for the person.
 *
 * @throws what it was given, where that says nothing about what was typed.
 */
export function webhookFaultsOf(error: unknown, { words, formats }: Visit): FieldFault[] {
  const { form, most } = words.developer;
  if (!(error instanceof Problem)) throw error;
  switch (error.code) {
    case 'validation_failed':
      return [{ field: 'url', text: form.urlRefused }];
    case 'stale_version':
      return [{ text: form.stale }];
    case 'idempotency_key_reused':
      return [{ text: form.sentTwice }];
    case 'state_conflict':
      return [{ text: most(formats.number(MAX_WEBHOOK_ENDPOINTS)) }];
    default:
      throw error;
  }
}
