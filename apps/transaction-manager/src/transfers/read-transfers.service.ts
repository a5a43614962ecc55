import {
  refusal,
  type ListTransfers,
  type Page,
  type ReadTransfer,
  type Refusal,
  type TransferStep,
  type TransferView,
} from '@kopeck/contracts';
import { Injectable } from '@nestjs/common';
import { cursorOf, NEWEST, ordinalOf } from './transfer-cursor.js';
import { stepsOf, viewOf, type RegisteredTransfer } from './transfer-view.js';
import { TransferViewRepository } from './transfer-view.repository.js';

/** Answers what became of transfers: to their parties, and to operators. */
@Injectable()
export class ReadTransfersService {
  constructor(private readonly transfers: TransferViewRepository) {}

  async read(request: ReadTransfer): Promise<TransferView | Refusal> {
    const { transferId, customerId } = idsOf(request);
    const transfer = await this.transfers.find(transferId, customerId ?? null);
    return transfer ? viewOf(transfer, customerId) : notFound();
  }

  /** The recipient has no part in how it came about. */
  async steps(request: ReadTransfer): Promise<TransferStep[] | Refusal> {
    const { transferId, customerId } = idsOf(request);
    const transfer = await this.transfers.find(transferId, customerId ?? null);
    if (!transfer) return notFound();
    const isRecipient = customerId !== undefined && transfer.customerId !== customerId;
    return stepsOf(transfer, isRecipient ? [] : await this.transfers.findReforwards(transferId));
  }

  async list(request: ListTransfers): Promise<Page<TransferView> | Refusal> {
    const below = request.cursor === undefined ? NEWEST : ordinalOf(request.cursor);
    if (below === null)
      return refusal('invalid_cursor', 'Take the cursor from nextCursor, or leave it out to begin.');
    const { status, pendingForSeconds, limit } = request;
    const customerId = request.customerId?.toLowerCase();
    const found = await this.transfers.list({
      customerId: customerId ?? null,
      status: status ?? null,
      pendingForSeconds: pendingForSeconds ?? null,
      below,
      // One more than asked for tells whether there is a next page.
      limit: limit + 1,
    });
    return pageOf(found, limit, customerId);
  }
}

function pageOf(
  found: readonly RegisteredTransfer[],
  limit: number,
  customerId: string | undefined,
): Page<TransferView> {
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    data: shown.map((transfer) => viewOf(transfer, customerId)),
    nextCursor: found.length > limit && last ? cursorOf(last.ordinal) : null,
  };
}

/** As the database gives ids back, so that they can be compared with its. */
function idsOf({ transferId, customerId }: ReadTransfer) {
  return { transferId: transferId.toLowerCase(), customerId: customerId?.toLowerCase() };
}

function notFound(): Refusal {
  return refusal('not_found', 'There is no such transfer among yours.');
}
