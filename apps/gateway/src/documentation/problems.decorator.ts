import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { ERRORS, type ErrorCode } from '@kopeck/contracts';
import { PROBLEM_MEDIA_TYPE } from '../http/problem.js';
import { ProblemResource } from './problem.dto.js';

/** What every route can answer. */
const ALWAYS: readonly ErrorCode[] = ['rate_limited', 'internal_error', 'unavailable', 'deadline_exceeded'];

/** Problems that come together, named by what brings them. */
const GROUPS = {
  /** The route needs a session. */
  session: ['unauthenticated', 'forbidden'],
  /** The route takes a JSON body. */
  body: ['malformed_json', 'body_too_large', 'unsupported_media_type', 'validation_failed'],
  /** The route names a thing by id. */
  id: ['not_found'],
  /** The route pages through a list. */
  page: ['invalid_cursor', 'validation_failed'],
} as const satisfies Record<string, readonly ErrorCode[]>;

type Group = keyof typeof GROUPS;

/** Documents the problems of a route: one response a status, listing its codes. */
export function Problems(...codes: (ErrorCode | Group)[]): MethodDecorator & ClassDecorator {
  const all = new Set<ErrorCode>([
    ...codes.flatMap((code): readonly ErrorCode[] =>
      code in GROUPS ? GROUPS[code as Group] : [code as ErrorCode],
    ),
    ...ALWAYS,
  ]);
  return applyDecorators(ApiExtraModels(ProblemResource), ...responsesOf(all));
}

function responsesOf(codes: ReadonlySet<ErrorCode>): MethodDecorator[] {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of codes)
    byStatus.set(ERRORS[code].status, [...(byStatus.get(ERRORS[code].status) ?? []), code]);
  return [...byStatus].map(([status, ofStatus]) =>
    ApiResponse({
      status,
      description: ofStatus.map((code) => `\`${code}\`: ${ERRORS[code].title}`).join('. '),
      headers: headersOf(status),
      content: { [PROBLEM_MEDIA_TYPE]: { schema: { $ref: getSchemaPath(ProblemResource) } } },
    }),
  );
}

function headersOf(
  status: number,
): Record<string, { description: string; schema: { type: 'integer' } }> | undefined {
  if (status !== 429 && status !== 503) return undefined;
  return { 'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } } };
}
