import type { Transaction } from '@kopeck/database';
import { Injectable, Logger } from '@nestjs/common';
import { ChannelChanges } from '../channels/channel-changes.service.js';
import { WebhookEndpointRepository } from './webhook-endpoint.repository.js';

/** So many deliveries in a row given up, each after all its tries, are days of silence. */
const MAX_FAILED_IN_A_ROW = 10;

/** Switches off what nobody listens at any more, and tells its owner once. */
@Injectable()
export class DisableWebhooksService {
  private readonly log = new Logger(DisableWebhooksService.name);

  constructor(
    private readonly endpoints: WebhookEndpointRepository,
    private readonly changes: ChannelChanges,
  ) {}

  /** Never throws: the next delivery that fails brings it up again. */
  async disable(endpointId: string, reason: 'gone' | 'failing'): Promise<void> {
    try {
      await this.endpoints.transaction(async (tx) => {
        const endpoint = await this.endpoints.lock(tx, endpointId);
        if (!endpoint || endpoint.isDeleted || endpoint.view.status === 'disabled') return;
        const isFailing = reason === 'gone' || (await this.isFailing(tx, endpointId));
        if (!isFailing) return;
        await this.endpoints.disable(tx, endpointId, reason);
        await this.changes.tell({
          customerId: endpoint.customerId,
          channel: 'webhook',
          action: `disabled_${reason}`,
          name: `${endpointId} ${endpoint.view.revision}`,
        });
      });
    } catch (error) {
      this.log.warn(`A webhook is disabled later: ${(error as Error).message}`);
    }
  }

  async disableFailing(endpointId: string): Promise<void> {
    await this.disable(endpointId, 'failing');
  }

  private isFailing(tx: Transaction, endpointId: string): Promise<boolean> {
    return this.endpoints.hasFailedInARow(tx, endpointId, MAX_FAILED_IN_A_ROW);
  }
}
