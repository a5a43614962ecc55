import { TOPICS, TransferCommand, type TransferResult } from '@kopeck/contracts';
import { batchOf, HEADERS, type Outgoing, type Received } from '@kopeck/kafka';
import { Controller } from '@nestjs/common';
import { EventPattern, Payload, Transport } from '@nestjs/microservices';
import { ExecuteTransfersService } from './execute-transfers.service.js';
import { instructionOf } from './instruction.js';

/** Large enough that the transaction's fixed costs don't count, small enough that nobody waits for a batch's end. */
const MAX_BATCH = 500;

@Controller()
export class ExecuteTransfersController {
  constructor(private readonly service: ExecuteTransfersService) {}

  /** Repeats are answered too: whoever asks again has missed the result. */
  @EventPattern(
    TOPICS.transferCommands.name,
    Transport.KAFKA,
    batchOf(TransferCommand, { maxMessages: MAX_BATCH }),
  )
  async handle(@Payload() batch: Received<TransferCommand>[]): Promise<Outgoing[]> {
    const results = await this.service.execute(
      batch.map(({ partition, value }) => ({ chain: partition, instruction: instructionOf(value) })),
    );
    return results.map((result, index) => outgoingOf(result, batch[index]!.headers[HEADERS.traceparent]));
  }
}

/** The result belongs to the trace of the command that asked for it. */
function outgoingOf(result: TransferResult, traceparent: string | undefined): Outgoing {
  const outcome = result.status === 'completed' ? 'completed' : 'refused';
  return {
    topic: TOPICS.transferResults.name,
    key: result.debitAccountId,
    value: result,
    type: `kopeck.transfer.${outcome}.v1`,
    id: result.transferId,
    ...(traceparent && { headers: { [HEADERS.traceparent]: traceparent } }),
  };
}
