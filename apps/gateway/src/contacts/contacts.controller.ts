import { Body, Controller, Delete, Get, HttpCode, Post, Put, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CONTACT_QUESTIONS } from '@kopeck/contracts';
import { Problems } from '../documentation/problems.decorator.js';
import { API } from '../http/address.js';
import { Questions, type AskOptions } from '../http/questions.js';
import { AllowAccess } from '../sessions/access.decorator.js';
import type { SignedInRequest } from '../sessions/session.js';
import { ConfirmPhoneBody, ContactsResource, SetPhoneBody, TelegramLinkResource } from './contact.dto.js';

/** Where a person can be reached besides the inbox: each address has to prove that it's theirs. */
@ApiTags('Notifications')
@Controller(`${API}/notification-contacts`)
export class ContactsController {
  constructor(private readonly questions: Questions) {}

  @Get()
  @AllowAccess('signed-in')
  @ApiOperation({ operationId: 'readNotificationContacts', summary: 'Where you can be reached' })
  @ApiOkResponse({ type: ContactsResource })
  @Problems('session')
  read(@Req() { session: { customerId } }: SignedInRequest): Promise<ContactsResource> {
    return this.questions.ask(CONTACT_QUESTIONS.read, { customerId }, optionsOf(customerId));
  }

  @Post('telegram')
  @AllowAccess('signed-in')
  @ApiOperation({ operationId: 'linkTelegram', summary: 'Get a code that links a Telegram chat' })
  @ApiCreatedResponse({ type: TelegramLinkResource })
  @Problems('session', 'state_conflict')
  linkTelegram(@Req() { session: { customerId } }: SignedInRequest): Promise<TelegramLinkResource> {
    return this.questions.ask(CONTACT_QUESTIONS.linkTelegram, { customerId }, optionsOf(customerId));
  }

  @Delete('telegram')
  @AllowAccess('signed-in')
  @ApiOperation({ operationId: 'forgetTelegram', summary: 'Forget the Telegram chat' })
  @ApiOkResponse({ type: ContactsResource })
  @Problems('session', 'id')
  forgetTelegram(@Req() { session: { customerId } }: SignedInRequest): Promise<ContactsResource> {
    const question = { customerId, channel: 'telegram' as const };
    return this.questions.ask(CONTACT_QUESTIONS.forget, question, optionsOf(customerId));
  }

  @Put('phone')
  @AllowAccess('signed-in')
  @ApiOperation({
    operationId: 'setPhone',
    summary: 'Name a telephone number, which gets a code to confirm it with',
  })
  @ApiOkResponse({ type: ContactsResource })
  @Problems('session', 'body', 'state_conflict')
  setPhone(
    @Body() { phone }: SetPhoneBody,
    @Req() { session: { customerId } }: SignedInRequest,
  ): Promise<ContactsResource> {
    return this.questions.ask(CONTACT_QUESTIONS.setPhone, { customerId, phone }, optionsOf(customerId));
  }

  @Post('phone/confirmation')
  @HttpCode(200)
  @AllowAccess('signed-in')
  @ApiOperation({ operationId: 'confirmPhone', summary: 'Confirm the telephone number with the code it got' })
  @ApiOkResponse({ type: ContactsResource })
  @Problems('session', 'body', 'id', 'state_conflict')
  confirmPhone(
    @Body() { code }: ConfirmPhoneBody,
    @Req() { session: { customerId } }: SignedInRequest,
  ): Promise<ContactsResource> {
    return this.questions.ask(CONTACT_QUESTIONS.confirmPhone, { customerId, code }, optionsOf(customerId));
  }

  @Delete('phone')
  @AllowAccess('signed-in')
  @ApiOperation({ operationId: 'forgetPhone', summary: 'Forget the telephone number' })
  @ApiOkResponse({ type: ContactsResource })
  @Problems('session', 'id')
  forgetPhone(@Req() { session: { customerId } }: SignedInRequest): Promise<ContactsResource> {
    const question = { customerId, channel: 'sms' as const };
    return this.questions.ask(CONTACT_QUESTIONS.forget, question, optionsOf(customerId));
  }
}

function optionsOf(customerId: string): AskOptions {
  return { key: customerId, about: 'contact' };
}
