import { Injectable } from '@nestjs/common';
import type { TransferStep } from '@kopeck/contracts';
import { Problem } from '../../http/problem.js';
import { ReadTransferService } from '../../transfers/read-transfer.service.js';
import { TransferViews } from '../../transfers/transfer-views.service.js';
import { OwnAccounts } from '../accounts/own-accounts.service.js';
import { unlessAway } from '../rendering/unless-away.js';
import type { TransferPageProps } from './transfer.page.js';

const PART_TIMEOUT_MS = 1_500;

/** Everything that stands on a transfer's page. Only the transfer itself has to be there. */
@Injectable()
export class ReadTransferPageService {
  constructor(
    private readonly transfers: ReadTransferService,
    private readonly accounts: OwnAccounts,
    private readonly views: TransferViews,
  ) {}

  /** @throws {Problem} `not_found`; `deadline_exceeded` where nobody can say. */
  async read(transferId: string, customerId: string): Promise<TransferPageProps> {
    const transfer = await this.transfers.read(transferId, customerId);
    const [accounts, steps] = await Promise.all([
      unlessAway(this.accounts.list(customerId)),
      this.stepsOf(transferId, customerId),
    ]);
    return { transfer, accounts, steps };
  }

  /** Right after it was sent the transaction-manager may not know it yet; a 202 that was given still shows it. */
  private async stepsOf(transferId: string, customerId: string): Promise<TransferStep[] | undefined> {
    const options = { key: transferId, about: 'transfer', timeoutMs: PART_TIMEOUT_MS };
    const asked = this.views.steps({ transferId, customerId }, options);
    return unlessAway(asked).catch((error: unknown) => {
      if (error instanceof Problem && error.code === 'not_found') return undefined;
      throw error;
    });
  }
}
