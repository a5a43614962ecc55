import { IsIn, IsUUID, Matches } from 'class-validator';
import { question, type Refusal } from '../messages/question.js';
import { TOPICS } from '../topics.js';
import { OUTSIDE_CHANNELS, type OutsideChannel } from './notification-types.js';

/** E.164: `+` and 8 to 15 digits. */
export const PHONE_NUMBER = /^\+[1-9]\d{7,14}$/;
/** Six digits, sent by SMS. */
export const PHONE_CODE = /^\d{6}$/;

/** Where one person can be reached. */
export interface ContactsView {
  /** Null until the customer service has told of the person. */
  readonly email: string | null;
  readonly telegram: {
    readonly isOffered: boolean;
    readonly linkedAt: string | null;
    /** As Telegram names the chat. */
    readonly chatName: string | null;
  };
  readonly sms: {
    readonly isOffered: boolean;
    /** `+7•••89` */
    readonly phone: string | null;
    readonly confirmedAt: string | null;
  };
  readonly webhookCount: number;
}

export class ReadContacts {
  @IsUUID() customerId: string;
}

/** A code that the person sends to the bank's bot, which is then known to speak with them. Replaces an earlier code. */
export class LinkTelegram {
  @IsUUID() customerId: string;
}

export interface TelegramLink {
  readonly code: string;
  /** `https://t.me/<bot>?start=<code>`; null where the bot's name isn't known. */
  readonly url: string | null;
  readonly expiresAt: string;
}

/** Sends a code to the number, which has to come back before anything else goes there. */
export class SetPhone {
  @IsUUID() customerId: string;
  @Matches(PHONE_NUMBER, { message: 'phone must be a number such as +79261234567' }) phone: string;
}

export class ConfirmPhone {
  @IsUUID() customerId: string;
  @Matches(PHONE_CODE, { message: 'code must be the six digits of the message' }) code: string;
}

/** Forgets the Telegram chat or the telephone number. */
export class ForgetContact {
  @IsUUID() customerId: string;
  @IsIn(['telegram', 'sms']) channel: 'telegram' | 'sms';
}

/** Sends a test over one channel, now: what "does it work?" is answered with. For webhooks see `test-webhook`. */
export class SendTest {
  @IsUUID() customerId: string;
  @IsIn(OUTSIDE_CHANNELS) channel: OutsideChannel;
}

const TOPIC = TOPICS.notificationQuestions.name;

export const CONTACT_QUESTIONS = {
  read: question<ReadContacts, ContactsView>(TOPIC, 'read-contacts', ReadContacts),
  linkTelegram: question<LinkTelegram, TelegramLink | Refusal>(TOPIC, 'link-telegram', LinkTelegram),
  setPhone: question<SetPhone, ContactsView | Refusal>(TOPIC, 'set-phone', SetPhone),
  confirmPhone: question<ConfirmPhone, ContactsView | Refusal>(TOPIC, 'confirm-phone', ConfirmPhone),
  forget: question<ForgetContact, ContactsView | Refusal>(TOPIC, 'forget-contact', ForgetContact),
  /** The answer is the id of the delivery, whose fate can be read. */
  sendTest: question<SendTest, { readonly deliveryId: string } | Refusal>(TOPIC, 'send-test', SendTest),
} as const;
