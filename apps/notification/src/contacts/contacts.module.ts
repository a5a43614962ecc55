import { Module } from '@nestjs/common';
import { ChannelsModule } from '../channels/channels.module.js';
import { DeliveriesModule } from '../deliveries/deliveries.module.js';
import { ContactCodes } from './contact-codes.service.js';
import { ContactRepository } from './contact.repository.js';
import { ContactsController } from './contacts.controller.js';
import { ContactsService } from './contacts.service.js';
import { PhonesService } from './phones.service.js';
import { ReadTelegramService } from './read-telegram.service.js';
import { TelegramBotRepository } from './telegram-bot.repository.js';
import { TelegramLinksService } from './telegram-links.service.js';

@Module({
  imports: [ChannelsModule, DeliveriesModule],
  controllers: [ContactsController],
  providers: [
    ContactCodes,
    ContactRepository,
    ContactsService,
    PhonesService,
    ReadTelegramService,
    TelegramBotRepository,
    TelegramLinksService,
  ],
})
export class ContactsModule {}
