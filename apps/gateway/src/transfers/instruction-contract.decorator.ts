import { applyDecorators, type Type } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCreatedResponse, ApiHeader } from '@nestjs/swagger';
import { REFUSAL_REASONS, type ErrorCode } from '@kopeck/contracts';
import { Problems } from '../documentation/problems.decorator.js';
import { MAX_WAIT_SECONDS } from '../http/wait-preference.js';

const text = { schema: { type: 'string' as const } };

/** What any transfer can be refused for; a quote's reasons concern conversions alone. */
const COMMON_REASONS = REFUSAL_REASONS.filter(
  (reason) => reason !== 'quote_expired' && reason !== 'quote_used',
);

/**
 * Documents the headers, answers and problems that every POST has which moves money.
 *
 * @param more problems of this route alone.
 */
export function InstructionContract(resource: Type, ...more: ErrorCode[]): MethodDecorator {
  return applyDecorators(
    Problems(
      'session',
      'body',
      'idempotency_key_missing',
      'idempotency_key_invalid',
      'idempotency_key_reused',
      ...COMMON_REASONS,
      ...more,
    ),
    ApiHeader({
      name: 'Idempotency-Key',
      required: true,
      description:
        'One key, one transfer, for ever: a repeat under the same key gets the first answer again, marked with `Idempotent-Replayed: true`; another body under it is refused. A UUID is a good key.',
      schema: {
        type: 'string',
        minLength: 1,
        maxLength: 255,
        example: '8e03978e-40d5-43e8-bc93-6894a57f9324',
      },
    }),
    ApiHeader({
      name: 'Prefer',
      required: false,
      description: `\`wait=N\` waits up to N seconds for the final answer (5 by default, ${MAX_WAIT_SECONDS} at most); \`respond-async\` doesn't wait (RFC 7240).`,
      schema: { type: 'string', example: 'wait=5' },
    }),
    ApiCreatedResponse({
      type: resource,
      description: 'Done: the money has moved.',
      headers: {
        Location: { ...text, description: 'Where the transfer is.' },
        'Idempotent-Replayed': { ...text, description: '`true` on a repeat.' },
        'Preference-Applied': text,
      },
    }),
    ApiAcceptedResponse({
      type: resource,
      description:
        'Accepted, not decided yet. Look at Location again, or repeat the request with the same key; never with a new one.',
      headers: { Location: text, 'Retry-After': { schema: { type: 'integer' } }, 'Preference-Applied': text },
    }),
  );
}
