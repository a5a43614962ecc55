import {
  ACCOUNT_QUESTIONS,
  ListEntries,
  type AccountHistory,
  type EntryView,
  type Page,
  type Refusal,
} from '@kopeck/contracts';
import { answers } from '@kopeck/kafka';
import { Controller } from '@nestjs/common';
import { MessagePattern, Payload, Transport } from '@nestjs/microservices';
import { ListEntriesService } from './list-entries.service.js';

@Controller()
export class ListEntriesController {
  constructor(private readonly service: ListEntriesService) {}

  @MessagePattern(ACCOUNT_QUESTIONS.entries.pattern, Transport.KAFKA, answers(ListEntries))
  list(@Payload() request: ListEntries): Promise<Page<EntryView> | Refusal> {
    return this.service.list(request);
  }

  @MessagePattern(ACCOUNT_QUESTIONS.history.pattern, Transport.KAFKA, answers(ListEntries))
  history(@Payload() request: ListEntries): Promise<AccountHistory | Refusal> {
    return this.service.history(request);
  }
}
