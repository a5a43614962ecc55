import {
  ConfirmPhone,
  CONTACT_QUESTIONS,
  ForgetContact,
  LinkTelegram,
  ReadContacts,
  SendTest,
  SetPhone,
  type ContactsView,
  type Refusal,
  type TelegramLink,
} from '@kopeck/contracts';
import { answers } from '@kopeck/kafka';
import { Controller } from '@nestjs/common';
import { MessagePattern, Payload, Transport } from '@nestjs/microservices';
import { ContactsService } from './contacts.service.js';
import { TelegramLinksService } from './telegram-links.service.js';

@Controller()
export class ContactsController {
  constructor(
    private readonly service: ContactsService,
    private readonly telegram: TelegramLinksService,
  ) {}

  @MessagePattern(CONTACT_QUESTIONS.read.pattern, Transport.KAFKA, answers(ReadContacts))
  read(@Payload() { customerId }: ReadContacts): Promise<ContactsView> {
    return this.service.read(customerId);
  }

  @MessagePattern(CONTACT_QUESTIONS.linkTelegram.pattern, Transport.KAFKA, answers(LinkTelegram))
  linkTelegram(@Payload() request: LinkTelegram): Promise<TelegramLink | Refusal> {
    return this.telegram.createCode(request);
  }

  @MessagePattern(CONTACT_QUESTIONS.setPhone.pattern, Transport.KAFKA, answers(SetPhone))
  setPhone(@Payload() request: SetPhone): Promise<ContactsView | Refusal> {
    return this.service.setPhone(request);
  }

  @MessagePattern(CONTACT_QUESTIONS.confirmPhone.pattern, Transport.KAFKA, answers(ConfirmPhone))
  confirmPhone(@Payload() request: ConfirmPhone): Promise<ContactsView | Refusal> {
    return this.service.confirmPhone(request);
  }

  @MessagePattern(CONTACT_QUESTIONS.forget.pattern, Transport.KAFKA, answers(ForgetContact))
  forget(@Payload() request: ForgetContact): Promise<ContactsView | Refusal> {
    return this.service.forget(request);
  }

  @MessagePattern(CONTACT_QUESTIONS.sendTest.pattern, Transport.KAFKA, answers(SendTest))
  sendTest(@Payload() request: SendTest): Promise<{ deliveryId: string } | Refusal> {
    return this.service.sendTest(request);
  }
}
