import type { FactoryProvider, Type } from '@nestjs/common';
import { WebhookChannel } from '../webhooks/webhook.channel.js';
import type { Channel } from './channel.js';
import { EmailChannel } from './email.channel.js';
import { SmsChannel } from './sms.channel.js';
import { TelegramChannel } from './telegram.channel.js';

/** Every way out of the bank. A new one: a file that implements `Channel`, and a row here. */
export const CHANNEL_TYPES: readonly Type<Channel>[] = [
  EmailChannel,
  WebhookChannel,
  TelegramChannel,
  SmsChannel,
];

export const CHANNELS = Symbol('channels');

export const channelsProvider: FactoryProvider<readonly Channel[]> = {
  provide: CHANNELS,
  inject: [...CHANNEL_TYPES],
  useFactory: (...channels: Channel[]) => channels,
};
