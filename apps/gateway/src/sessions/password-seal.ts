import { Inject, Injectable } from '@nestjs/common';
import { seal } from '@kopeck/contracts';
import { GatewaySettings } from '../gateway.settings.js';

/** Seals passwords for the customer service before they touch a topic, bound to the e-mail address they came with. */
@Injectable()
export class PasswordSeal {
  private readonly key: Buffer;

  constructor(@Inject(GatewaySettings) settings: GatewaySettings) {
    this.key = Buffer.from(settings.SEALING_KEY, 'base64');
  }

  seal(password: string, email: string): string {
    return seal(password, this.key, email);
  }
}
