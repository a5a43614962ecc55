import { Body, Get, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { RenameAccountService } from '../../accounts/rename-account.service.js';
import { entityTagOf } from '../../http/entity-tag.js';
import { IdPipe } from '../../http/id.pipe.js';
import { Problem } from '../../http/problem.js';
import { Pages } from '../rendering/pages.service.js';
import { FormFields } from '../visits/form-fields.js';
import { AllowVisit, FormPost, PageController } from '../visits/page.decorator.js';
import { ThisVisit } from '../visits/visit.decorator.js';
import type { SignedInVisit } from '../visits/visit.js';
import { isAccountName } from './account-name.js';
import { AccountPage } from './account.page.js';
import { ReadAccountPageService } from './read-account-page.service.js';

type Queried = Record<string, unknown>;

@PageController('accounts/:id')
export class AccountPageController {
  constructor(
    private readonly pages: Pages,
    private readonly service: ReadAccountPageService,
    private readonly renaming: RenameAccountService,
  ) {}

  @Get()
  @AllowVisit('customer')
  async show(
    @ThisVisit() visit: SignedInVisit,
    @Param('id', IdPipe) accountId: string,
    @Query() query: Queried,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const facts = await this.service.read(accountId, query, visit);
    return this.pages.show(visit, reply, AccountPage, facts, facts.faults ? 422 : 200);
  }

  @Get('entries.csv')
  @AllowVisit('customer')
  async download(
    @ThisVisit() { session }: SignedInVisit,
    @Param('id', IdPipe) accountId: string,
    @Query() query: Queried,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { account, csv } = await this.service.export(accountId, query, session.customerId);
    const name = `kopeck-${account.number.slice(-4)}-${account.currency}.csv`;
    reply.headers({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
    });
    return csv;
  }

  @FormPost('name')
  @AllowVisit('customer')
  async rename(
    @ThisVisit() visit: SignedInVisit,
    @Param('id', IdPipe) accountId: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | void> {
    const fields = new FormFields(body);
    const typedName = fields.text('name');
    const { words, session } = visit;
    const again = async (text: string) => {
      const facts = await this.service.read(accountId, {}, visit);
      return this.pages.show(
        visit,
        reply,
        AccountPage,
        { ...facts, typedName, faults: [{ field: 'name', text }] },
        422,
      );
    };
    if (!isAccountName(typedName)) return again(words.accounts.nameWrong);
    try {
      const seen = entityTagOf(fields.text('revision'));
      await this.renaming.rename(accountId, session.customerId, typedName, seen);
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'stale_version') throw error;
      return again(words.accounts.renamedMeanwhile);
    }
    return this.pages.goTo(reply, `/accounts/${accountId}`, 'accountRenamed');
  }
}
