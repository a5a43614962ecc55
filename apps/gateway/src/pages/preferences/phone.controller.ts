import { Body, Get, Query, Res } from '@nestjs/common';
import { CONTACT_QUESTIONS, PHONE_CODE, type ContactsView } from '@kopeck/contracts';
import type { FastifyReply } from 'fastify';
import { Problem } from '../../http/problem.js';
import { Questions } from '../../http/questions.js';
import { Pages } from '../rendering/pages.service.js';
import { FormFields } from '../visits/form-fields.js';
import { AllowVisit, FormPost, PageController } from '../visits/page.decorator.js';
import { ThisVisit } from '../visits/visit.decorator.js';
import type { SignedInVisit } from '../visits/visit.js';
import { PhonePage } from './phone.page.js';
import { readTypedPhone } from './typed-phone.js';

@PageController('preferences/phone')
export class PhonePageController {
  constructor(
    private readonly pages: Pages,
    private readonly questions: Questions,
  ) {}

  @Get()
  @AllowVisit('signed-in')
  async show(
    @ThisVisit() visit: SignedInVisit,
    @Query('change') change: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { isOffered, pending } = await this.read(visit);
    const props = { isOffered, pending: change === '1' ? null : pending };
    return this.pages.show(visit, reply, PhonePage, props);
  }

  @FormPost()
  @AllowVisit('signed-in')
  async set(
    @ThisVisit() visit: SignedInVisit,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | void> {
    const typed = new FormFields(body).text('phone');
    const { phone: texts } = visit.words.contacts;
    const again = (text: string) => {
      const props = { isOffered: true, pending: null, phone: typed, faults: [{ field: 'phone', text }] };
      return this.pages.show(visit, reply, PhonePage, props, 422);
    };
    const read = readTypedPhone(typed);
    if (!read.ok) return again(read.fault === 'national' ? texts.national : texts.wrong);
    const { customerId } = visit.session;
    try {
      const request = { customerId, phone: read.phone };
      await this.questions.ask(CONTACT_QUESTIONS.setPhone, request, optionsOf(visit));
    } catch (error) {
      if (isOneOf(error, ['rate_limited'])) return again(texts.tooMany);
      if (isOneOf(error, ['validation_failed', 'state_conflict', 'unavailable'])) return again(texts.refused);
      throw error;
    }
    const { pending } = await this.read(visit);
    if (pending === null) return this.pages.goTo(reply, '/preferences');
    return this.pages.goTo(reply, '/preferences/phone', 'codeSent');
  }

  @FormPost('confirm')
  @AllowVisit('signed-in')
  async confirm(
    @ThisVisit() visit: SignedInVisit,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | void> {
    const code = new FormFields(body).text('code').replace(/[\s-]/g, '');
    const { phone: texts } = visit.words.contacts;
    if (!PHONE_CODE.test(code)) return this.askAgain(visit, reply, texts.codeShape);
    const { customerId } = visit.session;
    try {
      await this.questions.ask(CONTACT_QUESTIONS.confirmPhone, { customerId, code }, optionsOf(visit));
    } catch (error) {
      if (isOneOf(error, ['rate_limited'])) return this.askAgain(visit, reply, texts.tooMany);
      if (!isOneOf(error, ['validation_failed', 'state_conflict'])) throw error;
      return this.askAgain(visit, reply, texts.codeWrong);
    }
    return this.pages.goTo(reply, '/preferences', 'phoneConfirmed');
  }

  @FormPost('forget')
  @AllowVisit('signed-in')
  async forget(
    @ThisVisit() visit: SignedInVisit,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const request = { customerId: visit.session.customerId, channel: 'sms' } as const;
    await this.questions.ask(CONTACT_QUESTIONS.forget, request, optionsOf(visit));
    this.pages.goTo(reply, '/preferences', 'phoneForgotten');
  }

  /** Where there is nothing to confirm any more, the number is asked for, and the fault says why. */
  private async askAgain(visit: SignedInVisit, reply: FastifyReply, text: string): Promise<string> {
    const { isOffered, pending } = await this.read(visit);
    const faults = [{ field: pending === null ? 'phone' : 'code', text }];
    return this.pages.show(visit, reply, PhonePage, { isOffered, pending, faults }, 422);
  }

  private async read(visit: SignedInVisit): Promise<{ isOffered: boolean; pending: string | null }> {
    const { customerId } = visit.session;
    const view: ContactsView = await this.questions.ask(
      CONTACT_QUESTIONS.read,
      { customerId },
      optionsOf(visit),
    );
    const { isOffered, phone, confirmedAt } = view.sms;
    return { isOffered, pending: confirmedAt === null ? phone : null };
  }
}

function isOneOf(error: unknown, codes: readonly string[]): boolean {
  return error instanceof Problem && codes.includes(error.code);
}

function optionsOf({ session }: SignedInVisit) {
  return { key: session.customerId, about: 'contact' };
}
