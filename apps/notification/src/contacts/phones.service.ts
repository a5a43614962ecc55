import { randomUUID } from 'node:crypto';
import {
  isRefusal,
  refusal,
  type ConfirmPhone,
  type Language,
  type Refusal,
  type SetPhone,
} from '@kopeck/contracts';
import { Injectable } from '@nestjs/common';
import { ChannelChanges } from '../channels/channel-changes.service.js';
import { ReaderRepository } from '../channels/reader.repository.js';
import { SmsGateway } from '../channels/sms-gateway.service.js';
import { ContactCodes } from './contact-codes.service.js';
import { ContactRepository } from './contact.repository.js';
import { codeFaultOf, nextCodeOf, PHONE_CODE_TTL_MS } from './phone-state.js';

/** Somebody looks at a form meanwhile, and the question itself has five seconds. */
const SEND_WITHIN_MS = 3_500;

const SENTENCE: Readonly<Record<Language, (code: string) => string>> = {
  en: (code) => `${code} is your code for the bank. Tell it to nobody.`,
  ru: (code) => `${code} – ваш код для банка. Никому его не сообщайте.`,
};

/** Telephone numbers: known once a code that was sent there has come back. */
@Injectable()
export class PhonesService {
  constructor(
    private readonly contacts: ContactRepository,
    private readonly codes: ContactCodes,
    private readonly gateway: SmsGateway,
    private readonly readers: ReaderRepository,
    private readonly changes: ChannelChanges,
  ) {}

  get isOffered(): boolean {
    return this.gateway.isConfigured;
  }

  /** Sends a code there. @returns why not. */
  async set({ customerId, phone }: SetPhone): Promise<Refusal | undefined> {
    if (!this.isOffered) return NOT_OFFERED;
    const code = this.codes.createPhoneCode();
    const kept = await this.contacts.transaction(async (tx) => {
      const { state, now } = await this.contacts.lockPhone(tx, customerId);
      if (state?.phone === phone && state.confirmedAt !== null) return 'confirmed';
      const next = nextCodeOf(state, await this.contacts.countCodesOfOthers(tx, customerId, phone), now);
      if (isRefusal(next)) return next;
      const hash = this.codes.hash(code, contextOf(customerId, phone));
      const { codesSent } = next;
      await this.contacts.savePhone(tx, customerId, { phone, hash, ttlMs: PHONE_CODE_TTL_MS, codesSent });
      if (state?.confirmedAt) await this.tell(customerId, 'removed', state.confirmedAt);
      return undefined;
    });
    if (kept === 'confirmed') return undefined;
    return kept ?? this.send(customerId, phone, code);
  }

  /** @returns why not. */
  confirm({ customerId, code }: ConfirmPhone): Promise<Refusal | undefined> {
    return this.contacts.transaction(async (tx) => {
      const { state, now } = await this.contacts.lockPhone(tx, customerId);
      const fault = codeFaultOf(state, now);
      if (fault) return fault;
      const { phone, codeHash } = state!;
      if (!this.codes.matches(code, contextOf(customerId, phone!), codeHash!)) {
        await this.contacts.countWrongCode(tx, customerId);
        return WRONG;
      }
      await this.contacts.confirmPhone(tx, customerId);
      await this.tell(customerId, 'confirmed', now);
      return undefined;
    });
  }

  async forget(customerId: string): Promise<void> {
    await this.contacts.transaction(async (tx) => {
      const { state, now } = await this.contacts.lockPhone(tx, customerId);
      if (!state || state.phone === null) return;
      await this.contacts.forgetPhone(tx, customerId);
      if (state.confirmedAt) await this.tell(customerId, 'removed', now);
    });
  }

  /** The code is in no table and in no message of Kafka's. */
  private async send(customerId: string, phone: string, code: string): Promise<Refusal | undefined> {
    const { language } = (await this.readers.find([customerId])).get(customerId)!;
    const message = { phone, text: SENTENCE[language](code), id: randomUUID() };
    const outcome = await this.gateway.send(message, AbortSignal.timeout(SEND_WITHIN_MS));
    return outcome.kind === 'delivered' ? undefined : NOT_SENT;
  }

  private async tell(customerId: string, action: 'confirmed' | 'removed', at: Date): Promise<void> {
    await this.changes.tell({ customerId, channel: 'sms', action, name: at.toISOString() });
  }
}

/** A code is for one number of one person. */
function contextOf(customerId: string, phone: string): string {
  return `phone ${customerId} ${phone}`;
}

const NOT_OFFERED = refusal('state_conflict', 'The bank sends no text messages.');
const NOT_SENT = refusal('unavailable', 'The code could not be sent. Ask for another one in a few minutes.');
const WRONG = refusal('validation_failed', 'That is not the code of the message.', { pointer: '/code' });
