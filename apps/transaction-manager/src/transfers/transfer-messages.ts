import {
  TOPICS,
  type AttemptAnswer,
  type TransferCommand,
  type TransferRequest,
  type TransferResult,
} from '@kopeck/contracts';
import { HEADERS, type Outgoing } from '@kopeck/kafka';

/** To the ledger; the same for a first and a repeated forwarding. */
export function commandMessageOf(request: TransferRequest): Outgoing {
  const command: TransferCommand = request;
  return {
    topic: TOPICS.transferCommands.name,
    key: request.debitAccountId,
    value: command,
    type: 'kopeck.transfer.commanded.v1',
    id: request.transferId,
  };
}

/** A refusal decided here, to everybody who reads results. */
export function resultMessageOf(result: TransferResult): Outgoing {
  return {
    topic: TOPICS.transferResults.name,
    key: result.debitAccountId,
    value: result,
    type: `kopeck.transfer.${result.status === 'completed' ? 'completed' : 'refused'}.v1`,
    id: result.transferId,
  };
}

/** To the one instance that waits for this attempt. */
export function answerMessageOf(answer: AttemptAnswer, replyTopic: string): Outgoing {
  return {
    topic: replyTopic,
    key: answer.requestId,
    value: answer,
    type: 'kopeck.transfer.attempt-answered.v1',
    headers: { [HEADERS.correlationId]: answer.requestId },
  };
}
