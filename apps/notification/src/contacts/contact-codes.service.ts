import { createHmac, randomInt, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { WebhookSettings } from '../webhooks/webhook.settings.js';

/** Without letters that are mistaken for others. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const LINK_CODE_LENGTH = 10;
const PHONE_CODES = 1_000_000;

/** Codes that confirm a contact. Only their hashes are kept, made with the service's key: a dump helps nobody guess. */
@Injectable()
export class ContactCodes {
  private readonly key: Buffer;

  constructor(settings: WebhookSettings) {
    this.key = createHmac('sha256', settings.sealingKey).update('contact codes').digest();
  }

  /** Ten letters and digits: fifty bits. */
  createLinkCode(): string {
    return Array.from({ length: LINK_CODE_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  }

  /** Six digits. */
  createPhoneCode(): string {
    return String(randomInt(PHONE_CODES)).padStart(6, '0');
  }

  /** @param context what the code belongs to: it's worth nothing elsewhere. */
  hash(code: string, context: string): string {
    return createHmac('sha256', this.key).update(`${context}\0${code}`).digest('base64url');
  }

  matches(code: string, context: string, hash: string): boolean {
    const wanted = Buffer.from(hash);
    const got = Buffer.from(this.hash(code, context));
    return wanted.length === got.length && timingSafeEqual(wanted, got);
  }
}
