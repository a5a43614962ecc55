import {
  CountUnread,
  INBOX_QUESTIONS,
  ListInbox,
  MarkRead,
  ReplayInbox,
  type InboxPage,
  type InboxReplay,
  type Refusal,
  type UnreadCount,
} from '@kopeck/contracts';
import { answers } from '@kopeck/kafka';
import { Controller } from '@nestjs/common';
import { MessagePattern, Payload, Transport } from '@nestjs/microservices';
import { ReadInboxService } from './read-inbox.service.js';

@Controller()
export class InboxController {
  constructor(private readonly service: ReadInboxService) {}

  @MessagePattern(INBOX_QUESTIONS.list.pattern, Transport.KAFKA, answers(ListInbox))
  list(@Payload() request: ListInbox): Promise<InboxPage | Refusal> {
    return this.service.list(request);
  }

  @MessagePattern(INBOX_QUESTIONS.unread.pattern, Transport.KAFKA, answers(CountUnread))
  countUnread(@Payload() { customerId }: CountUnread): Promise<UnreadCount> {
    return this.service.countUnread(customerId);
  }

  @MessagePattern(INBOX_QUESTIONS.replay.pattern, Transport.KAFKA, answers(ReplayInbox))
  replay(@Payload() request: ReplayInbox): Promise<InboxReplay> {
    return this.service.replay(request);
  }

  @MessagePattern(INBOX_QUESTIONS.markRead.pattern, Transport.KAFKA, answers(MarkRead))
  markRead(@Payload() request: MarkRead): Promise<UnreadCount | Refusal> {
    return this.service.markRead(request);
  }
}
