import { Inject, Injectable } from '@nestjs/common';
import { unseal, type WebhookSecretView } from '@kopeck/contracts';
import { GatewaySettings } from '../gateway.settings.js';
import type { WebhookWithSecretResource } from './webhook.dto.js';
import { webhookOf } from './webhook.js';

/** Opens secrets that come sealed over Kafka, for the one answer that shows them. */
@Injectable()
export class WebhookSecrets {
  private readonly key: Buffer;

  constructor(@Inject(GatewaySettings) settings: GatewaySettings) {
    this.key = Buffer.from(settings.SEALING_KEY, 'base64');
  }

  /** @throws {Error} when the notification service has another SEALING_KEY. */
  reveal({ endpoint, sealedSecret }: WebhookSecretView): WebhookWithSecretResource {
    return { ...webhookOf(endpoint), secret: unseal(sealedSecret, this.key, endpoint.endpointId) };
  }
}
