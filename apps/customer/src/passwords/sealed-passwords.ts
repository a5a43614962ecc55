import { Injectable } from '@nestjs/common';
import { refusal, unseal } from '@kopeck/contracts';
import { CustomerSettings } from '../customer.settings.js';

/** Gateway and customer service have different keys, or the message was tampered with. */
export const UNREADABLE_PASSWORD = refusal(
  'validation_failed',
  'The sealed password could not be opened: gateway and customer service need the same SEALING_KEY.',
  { pointer: '/sealedPassword' },
);

/** Opens what the gateway sealed, bound to the e-mail address as it stands in the message. */
@Injectable()
export class SealedPasswords {
  private readonly key: Buffer;

  constructor(settings: CustomerSettings) {
    this.key = Buffer.from(settings.SEALING_KEY, 'base64');
  }

  /** @returns null when it can't be opened. */
  open(sealedPassword: string, email: string): string | null {
    try {
      return unseal(sealedPassword, this.key, email);
    } catch {
      return null;
    }
  }
}
