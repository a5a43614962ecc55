import { IsIn, IsOptional, Matches } from 'class-validator';
import { Holds } from '../channels/holds.decorator.js';

const SEALING_KEY_FAULT =
  'SEALING_KEY must be 32 bytes in base64, the same as the gateway has: openssl rand -base64 32';

/** Secrets of webhooks and where webhooks may go; property names are the environment's names. */
export class WebhookSettings {
  @IsIn(['development', 'test', 'production'])
  NODE_ENV: 'development' | 'test' | 'production' = 'development';

  /** Seals the secrets of webhooks at rest and on their way to the gateway; hashes the codes that confirm a contact. */
  @Matches(/^[A-Za-z0-9+/]{43}=$/, { message: SEALING_KEY_FAULT })
  SEALING_KEY: string;

  /** Webhooks may go to this machine and to private networks, by http and on any port: to try things out. */
  @IsOptional()
  @IsIn([true, false], { message: 'WEBHOOK_ALLOW_PRIVATE must be true or false' })
  @Holds((value, settings) => value !== true || (settings as WebhookSettings).NODE_ENV !== 'production', {
    message: 'WEBHOOK_ALLOW_PRIVATE must not be true in production: customers choose where webhooks go',
  })
  WEBHOOK_ALLOW_PRIVATE?: boolean;

  /** Only https on port 443, only to public addresses. */
  get isStrict(): boolean {
    return !(this.WEBHOOK_ALLOW_PRIVATE ?? this.NODE_ENV !== 'production');
  }

  get sealingKey(): Buffer {
    return Buffer.from(this.SEALING_KEY, 'base64');
  }
}
