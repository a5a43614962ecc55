import { TOPICS } from '@kopeck/contracts';
import { HEADERS } from '@kopeck/kafka';
import { account, request, resultOf } from './testing/sample-transfers.js';
import { answerMessageOf, commandMessageOf, resultMessageOf } from './transfer-messages.js';

const asked = request(account(), account());
const result = resultOf(asked, null);

describe('what is sent about a transfer', () => {
  it('is a command to the ledger, on the partition of the debited account', () => {
    expect(commandMessageOf(asked)).toEqual({
      topic: TOPICS.transferCommands.name,
      key: asked.debitAccountId,
      value: asked,
      type: 'kopeck.transfer.commanded.v1',
      id: asked.transferId,
    });
  });

  it.each([
    ['completed', 'kopeck.transfer.completed.v1'],
    ['failed', 'kopeck.transfer.refused.v1'],
  ] as const)('is a result to everybody, of the type for %s', (status, type) => {
    const value = { ...result, status };
    expect(resultMessageOf(value)).toEqual({
      topic: TOPICS.transferResults.name,
      key: asked.debitAccountId,
      value,
      type,
      id: asked.transferId,
    });
  });

  it('is an answer to the instance that waits for the attempt', () => {
    const answer = { requestId: asked.requestId, outcome: 'finished', result } as const;
    expect(answerMessageOf(answer, 'replies.gateway-2')).toEqual({
      topic: 'replies.gateway-2',
      key: asked.requestId,
      value: answer,
      type: 'kopeck.transfer.attempt-answered.v1',
      headers: { [HEADERS.correlationId]: asked.requestId },
    });
  });
});
