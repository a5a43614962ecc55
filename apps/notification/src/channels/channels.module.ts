import { Module } from '@nestjs/common';
import { DisableWebhooksService } from '../webhooks/disable-webhooks.service.js';
import { WebhookEndpointRepository } from '../webhooks/webhook-endpoint.repository.js';
import { WebhookSecrets } from '../webhooks/webhook-secrets.service.js';
import { ChannelChanges } from './channel-changes.service.js';
import { CHANNEL_TYPES, CHANNELS, channelsProvider } from './channels.js';
import { ReaderRepository } from './reader.repository.js';
import { SmsGateway } from './sms-gateway.service.js';
import { TelegramBot } from './telegram-bot.service.js';

const SHARED = [
  ChannelChanges,
  SmsGateway,
  TelegramBot,
  ReaderRepository,
  WebhookEndpointRepository,
  WebhookSecrets,
];

@Module({
  providers: [...SHARED, DisableWebhooksService, ...CHANNEL_TYPES, channelsProvider],
  exports: [...SHARED, CHANNELS],
})
export class ChannelsModule {}
