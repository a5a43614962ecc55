import { randomUUID } from 'node:crypto';
import {
  refusal,
  type ConfirmPhone,
  type ContactsView,
  type ForgetContact,
  type Refusal,
  type SendTest,
  type SetPhone,
} from '@kopeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type { Channel } from '../channels/channel.js';
import { CHANNELS } from '../channels/channels.js';
import { maskedPhone } from '../deliveries/masked-target.js';
import { SendTestsService } from '../deliveries/send-tests.service.js';
import { ContactRepository, type Contacts } from './contact.repository.js';
import { PhonesService } from './phones.service.js';
import { TelegramLinksService } from './telegram-links.service.js';

/** Where a person can be reached, as they see and change it. */
@Injectable()
export class ContactsService {
  constructor(
    private readonly contacts: ContactRepository,
    private readonly phones: PhonesService,
    private readonly telegram: TelegramLinksService,
    private readonly tests: SendTestsService,
    @Inject(CHANNELS) private readonly channels: readonly Channel[],
  ) {}

  async read(customerId: string): Promise<ContactsView> {
    const { email, telegram, phone, phoneConfirmedAt, webhookCount } = await this.contacts.read(customerId);
    return {
      email,
      telegram: {
        isOffered: this.telegram.isOffered,
        linkedAt: telegram?.linkedAt.toISOString() ?? null,
        chatName: telegram?.chatName ?? null,
      },
      sms: {
        isOffered: this.phones.isOffered,
        phone: phone === null ? null : maskedPhone(phone),
        confirmedAt: phoneConfirmedAt?.toISOString() ?? null,
      },
      webhookCount,
    };
  }

  async setPhone(request: SetPhone): Promise<ContactsView | Refusal> {
    return (await this.phones.set(request)) ?? this.read(request.customerId);
  }

  async confirmPhone(request: ConfirmPhone): Promise<ContactsView | Refusal> {
    return (await this.phones.confirm(request)) ?? this.read(request.customerId);
  }

  /** What is forgotten already stays so. */
  async forget({ customerId, channel }: ForgetContact): Promise<ContactsView | Refusal> {
    await (channel === 'sms' ? this.phones.forget(customerId) : this.telegram.forget(customerId));
    return this.read(customerId);
  }

  async sendTest({ customerId, channel }: SendTest): Promise<{ deliveryId: string } | Refusal> {
    if (channel === 'webhook') return TEST_THE_WEBHOOK;
    const isOffered = this.channels.some(({ name, missing }) => name === channel && missing === null);
    if (!isOffered) return refusal('state_conflict', `The bank sends nothing by ${channel}.`);
    if (!isReachable(await this.contacts.read(customerId), channel)) return NOT_SET_UP;
    return this.tests.send({ deliveryId: randomUUID(), customerId, channel, endpointId: null });
  }
}

const TEST_THE_WEBHOOK = refusal('validation_failed', 'Test one webhook: it has a test of its own.', {
  pointer: '/channel',
});
const NOT_SET_UP = refusal('state_conflict', 'You are not reachable there yet. Set it up first.');

function isReachable(
  { email, telegram, phoneConfirmedAt }: Contacts,
  channel: 'email' | 'telegram' | 'sms',
): boolean {
  if (channel === 'email') return email !== null;
  return channel === 'telegram' ? telegram !== null : phoneConfirmedAt !== null;
}
