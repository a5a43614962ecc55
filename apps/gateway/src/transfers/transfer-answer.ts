import { ERRORS, type RefusalReason } from '@kopeck/contracts';
import type { FastifyReply } from 'fastify';
import { PROBLEM_MEDIA_TYPE, problemTypeOf, type ProblemDocument } from '../http/problem.js';
import { refusalWordsOf, type Transfer } from './transfer.js';

/** One HTTP answer to a POST that moves money. */
export interface TransferAnswer {
  readonly status: 201 | 202 | 422;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Transfer | ProblemDocument;
}

/** Seconds after which a look at a pending transfer is worth it. */
export const LOOK_AGAIN_SECONDS = '1';

export function sendAnswer(
  reply: FastifyReply,
  answer: TransferAnswer,
  preferenceApplied?: string,
): TransferAnswer['body'] {
  reply.status(answer.status);
  reply.headers(answer.headers);
  if (preferenceApplied !== undefined) reply.header('preference-applied', preferenceApplied);
  return answer.body;
}

/** Final, one way or the other: the same status and body each time, whoever asks again. */
export function finalAnswer(transfer: Transfer, location: string, isReplay: boolean): TransferAnswer {
  const replayed = isReplay ? { 'idempotent-replayed': 'true' } : undefined;
  if (transfer.reason !== null) {
    const body = refusalDocument(transfer, transfer.reason, location);
    return { status: 422, headers: { 'content-type': PROBLEM_MEDIA_TYPE, ...replayed }, body };
  }
  return { status: 201, headers: { location, ...replayed }, body: transfer };
}

export function pendingAnswer(transfer: Transfer, location: string): TransferAnswer {
  return { status: 202, headers: { location, 'retry-after': LOOK_AGAIN_SECONDS }, body: transfer };
}

/** Without a traceId, which would make each replay another document; the transfer itself is the occurrence. */
function refusalDocument(transfer: Transfer, reason: RefusalReason, location: string): ProblemDocument {
  return {
    type: problemTypeOf(reason),
    title: ERRORS[reason].title,
    status: ERRORS[reason].status,
    detail: refusalWordsOf(reason),
    instance: location,
    code: reason,
    transferId: transfer.id,
  };
}
