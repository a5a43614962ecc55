import { seal, unseal } from '@kopeck/contracts';
import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { WebhookSettings } from './webhook.settings.js';

const SECRET_BYTES = 32;

/** Secrets as Standard Webhooks writes them, `whsec_…`; sealed wherever they are kept or sent, bound to their endpoint. */
@Injectable()
export class WebhookSecrets {
  private readonly key: Buffer;

  constructor(settings: WebhookSettings) {
    this.key = settings.sealingKey;
  }

  /** A new one, sealed. */
  create(endpointId: string): string {
    return seal(`whsec_${randomBytes(SECRET_BYTES).toString('base64')}`, this.key, endpointId);
  }

  /** @throws when the service's key is another one by now. */
  open(sealed: string, endpointId: string): string {
    return unseal(sealed, this.key, endpointId);
  }
}
