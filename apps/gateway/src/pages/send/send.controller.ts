import { Body, Get, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { OwnAccounts } from '../accounts/own-accounts.service.js';
import { Pages } from '../rendering/pages.service.js';
import { FormFields } from '../visits/form-fields.js';
import { newFormKey } from '../visits/form-key.js';
import { AllowVisit, FormPost, PageController } from '../visits/page.decorator.js';
import { ThisVisit } from '../visits/visit.decorator.js';
import type { SignedInVisit } from '../visits/visit.js';
import { CheckTransferPage } from './check-transfer.page.js';
import { SendPage } from './send.page.js';
import { SendService, type SentForm } from './send.service.js';

@PageController('send')
export class SendPageController {
  constructor(
    private readonly pages: Pages,
    private readonly service: SendService,
    private readonly accounts: OwnAccounts,
  ) {}

  @Get()
  @AllowVisit('customer')
  async form(
    @ThisVisit() visit: SignedInVisit,
    @Query('from') from: unknown,
    @Query('draft') draftId: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const draft = await this.service.readDraft(draftId, visit);
    if (draft) {
      const { accounts, formKey, typed } = draft;
      return this.pages.show(visit, reply, SendPage, { accounts, formKey, typed });
    }
    const accounts = await this.accounts.list(visit.session.customerId);
    const typed = { from: typeof from === 'string' ? from : undefined };
    return this.pages.show(visit, reply, SendPage, { accounts, formKey: newFormKey(), typed });
  }

  @FormPost('')
  @AllowVisit('customer')
  async check(
    @ThisVisit() visit: SignedInVisit,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | void> {
    const form = await this.service.readForm(new FormFields(body), visit);
    if (!form.transfer) return this.again(visit, reply, form);
    await this.service.keep(form, visit);
    return this.pages.goTo(reply, `/send/check?draft=${form.formKey}`);
  }

  @Get('check')
  @AllowVisit('customer')
  async showCheck(
    @ThisVisit() visit: SignedInVisit,
    @Query('draft') draftId: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | void> {
    const form = await this.service.readDraft(draftId, visit);
    if (!form) return this.pages.goTo(reply, '/send');
    const { transfer, accounts, typed, formKey } = form;
    // A balance may have become less since it was typed.
    if (!transfer) return this.again(visit, reply, form);
    return this.pages.show(visit, reply, CheckTransferPage, { transfer, accounts, typed, formKey });
  }

  @FormPost('check')
  @AllowVisit('customer')
  async send(
    @ThisVisit() visit: SignedInVisit,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | void> {
    const form = await this.service.readForm(new FormFields(body), visit);
    if (!form.transfer) {
      const sent = await this.service.sentBefore(form, visit);
      return sent === undefined ? this.again(visit, reply, form) : this.pages.goTo(reply, sent);
    }
    const address = await this.service.send(form.transfer, form.formKey, visit);
    if (address !== undefined) return this.pages.goTo(reply, address);
    const faults = [{ text: visit.words.form.sentTwice }];
    return this.again(visit, reply, { ...form, formKey: newFormKey(), faults });
  }

  private again(visit: SignedInVisit, reply: FastifyReply, form: SentForm): string {
    const { accounts, formKey, typed, faults } = form;
    return this.pages.show(visit, reply, SendPage, { accounts, formKey, typed, faults }, 422);
  }
}
