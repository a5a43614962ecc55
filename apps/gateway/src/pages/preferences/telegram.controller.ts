import { Get, Res } from '@nestjs/common';
import { CONTACT_QUESTIONS, type ContactsView } from '@kopeck/contracts';
import type { FastifyReply } from 'fastify';
import { Questions } from '../../http/questions.js';
import { Pages } from '../rendering/pages.service.js';
import { AllowVisit, FormPost, PageController } from '../visits/page.decorator.js';
import { ThisVisit } from '../visits/visit.decorator.js';
import type { SignedInVisit } from '../visits/visit.js';
import { TelegramPage } from './telegram.page.js';

@PageController('preferences/telegram')
export class TelegramPageController {
  constructor(
    private readonly pages: Pages,
    private readonly questions: Questions,
  ) {}

  @Get()
  @AllowVisit('signed-in')
  async show(
    @ThisVisit() visit: SignedInVisit,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.pages.show(visit, reply, TelegramPage, factsOf(await this.read(visit)));
  }

  /** Answers with the page itself: a code that was told once can't be read again. Sent twice, the newer code holds. */
  @FormPost()
  @AllowVisit('signed-in')
  async link(
    @ThisVisit() visit: SignedInVisit,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const facts = factsOf(await this.read(visit));
    if (!facts.isOffered) return this.pages.show(visit, reply, TelegramPage, facts);
    const { customerId } = visit.session;
    const link = await this.questions.ask(CONTACT_QUESTIONS.linkTelegram, { customerId }, optionsOf(visit));
    return this.pages.show(visit, reply, TelegramPage, { isOffered: true, isLinked: false, link });
  }

  @FormPost('forget')
  @AllowVisit('signed-in')
  async forget(
    @ThisVisit() visit: SignedInVisit,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const { customerId } = visit.session;
    const request = { customerId, channel: 'telegram' } as const;
    await this.questions.ask(CONTACT_QUESTIONS.forget, request, optionsOf(visit));
    this.pages.goTo(reply, '/preferences', 'telegramForgotten');
  }

  private read(visit: SignedInVisit): Promise<ContactsView> {
    const { customerId } = visit.session;
    return this.questions.ask(CONTACT_QUESTIONS.read, { customerId }, optionsOf(visit));
  }
}

function factsOf({ telegram: { isOffered, linkedAt } }: ContactsView) {
  return { isOffered, isLinked: linkedAt !== null };
}

function optionsOf({ session }: SignedInVisit) {
  return { key: session.customerId, about: 'contact' };
}
