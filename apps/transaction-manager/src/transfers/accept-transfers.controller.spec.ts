import { TOPICS, type TransferRequest } from '@kopeck/contracts';
import { HEADERS, type Outgoing, type Received } from '@kopeck/kafka';
import { AcceptTransfersController } from './accept-transfers.controller.js';
import type { AcceptTransfersService, Attempt } from './accept-transfers.service.js';
import { account, request } from './testing/sample-transfers.js';

describe('AcceptTransfersController', () => {
  it('passes each request on with where its attempt is to be answered', async () => {
    const accepted: Attempt[] = [];
    const sent: Outgoing[] = [];
    const accept = async (attempts: readonly Attempt[]) => {
      accepted.push(...attempts);
      return sent;
    };
    const controller = new AcceptTransfersController({ accept } as AcceptTransfersService);
    const [first, second] = [request(account(), account()), request(account(), account())];
    const messages = [received(first, { [HEADERS.replyTopic]: 'replies.gateway-2' }), received(second, {})];
    expect(await controller.handle(messages)).toBe(sent);
    expect(accepted).toEqual([
      { request: first, replyTopic: 'replies.gateway-2' },
      { request: second, replyTopic: undefined },
    ]);
  });
});

function received(value: TransferRequest, headers: Record<string, string>): Received<TransferRequest> {
  const topic = TOPICS.transferRequests.name;
  return { value, key: value.debitAccountId, topic, partition: 0, offset: '0', headers };
}
