import { Module } from '@nestjs/common';
import { PreferencesModule } from '../preferences/preferences.module.js';
import { InboxController } from './inbox.controller.js';
import { InboxRepository } from './inbox.repository.js';
import { ReadInboxService } from './read-inbox.service.js';

@Module({
  imports: [PreferencesModule],
  controllers: [InboxController],
  providers: [InboxRepository, ReadInboxService],
})
export class InboxModule {}
