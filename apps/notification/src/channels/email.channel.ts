import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import type SMTPPool from 'nodemailer/lib/smtp-pool';
import { DeliverySettings } from '../deliveries/delivery.settings.js';
import { MESSAGE_SCHEDULE } from '../deliveries/retry-schedule.js';
import { wordsOf } from '../templates/words.js';
import { delivered, type Channel, type DueDelivery, type Outcome, type Readiness } from './channel.js';
import { ChannelSettings } from './channel.settings.js';
import { linkOf } from './html.js';
import { mailOf, PREFERENCES_PATH } from './mail.js';
import { ReaderRepository, type KnownReader } from './reader.repository.js';
import { smtpFailureOf } from './smtp-failure.js';

/** A letter over SMTP. Its Message-ID is the delivery's, so that mailboxes recognise one that comes twice. */
@Injectable()
export class EmailChannel implements Channel, OnApplicationShutdown {
  readonly name = 'email';
  readonly missing: string | null;
  readonly atOnce: number;
  readonly atOncePerLane: number;
  readonly schedule = MESSAGE_SCHEDULE;
  private readonly transport: Transporter<SMTPPool.SentMessageInfo> | undefined;

  constructor(
    private readonly readers: ReaderRepository,
    private readonly settings: ChannelSettings,
    { EMAILS_AT_ONCE, DELIVERY_ATTEMPT_TIMEOUT_MS }: DeliverySettings,
  ) {
    this.atOnce = this.atOncePerLane = EMAILS_AT_ONCE;
    this.missing = settings.SMTP_URL === undefined ? 'e-mail is not offered: SMTP_URL is not set' : null;
    if (settings.SMTP_URL === undefined) return;
    this.transport = createTransport({
      url: settings.SMTP_URL,
      pool: true,
      maxConnections: EMAILS_AT_ONCE,
      connectionTimeout: DELIVERY_ATTEMPT_TIMEOUT_MS,
      greetingTimeout: DELIVERY_ATTEMPT_TIMEOUT_MS,
      socketTimeout: DELIVERY_ATTEMPT_TIMEOUT_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  async prepare(deliveries: readonly DueDelivery[]): Promise<ReadonlyMap<string, Readiness>> {
    const readers = await this.readers.find(deliveries.map(({ customerId }) => customerId));
    return new Map(
      deliveries.map((delivery) => [
        delivery.deliveryId,
        this.readinessOf(delivery, readers.get(delivery.customerId)),
      ]),
    );
  }

  onApplicationShutdown(): void {
    this.transport?.close();
  }

  private readinessOf(delivery: DueDelivery, reader: KnownReader | undefined): Readiness {
    if (!reader || reader.email === null) return { kind: 'later' };
    const { email } = reader;
    const send = () => this.send(delivery, reader, email);
    return { kind: 'ready', target: 'smtp', lane: 'smtp', send };
  }

  private async send(delivery: DueDelivery, reader: KnownReader, email: string): Promise<Outcome> {
    const { SMTP_FROM, PUBLIC_URL } = this.settings;
    const words = wordsOf(delivery.type, delivery.data, reader);
    try {
      await this.transport!.sendMail({
        ...mailOf(words, reader.language, PUBLIC_URL),
        from: SMTP_FROM,
        to: { name: reader.name ?? '', address: email },
        messageId: `<${delivery.deliveryId}@${domainOf(SMTP_FROM)}>`,
        date: delivery.createdAt,
        headers: {
          'Auto-Submitted': 'auto-generated',
          'List-Unsubscribe': `<${linkOf(PUBLIC_URL, PREFERENCES_PATH)}>`,
          'X-Auto-Response-Suppress': 'All',
        },
      });
      return delivered(250);
    } catch (error) {
      return smtpFailureOf(error);
    }
  }
}

function domainOf(from: string): string {
  return /@([A-Za-z0-9.-]+)>?$/.exec(from)?.[1] ?? 'localhost';
}
