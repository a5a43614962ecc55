import { Module } from '@nestjs/common';
import { CopyRecipientsController } from './copy-recipients.controller.js';
import { CopyRecipientsService } from './copy-recipients.service.js';
import { RecipientRepository } from './recipient.repository.js';

@Module({
  controllers: [CopyRecipientsController],
  providers: [RecipientRepository, CopyRecipientsService],
})
export class RecipientsModule {}
