import { Get, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { IdPipe } from '../../../http/id.pipe.js';
import { Transactions } from '../../../operator/transactions.service.js';
import { Pages } from '../../rendering/pages.service.js';
import { AllowVisit, PageController } from '../../visits/page.decorator.js';
import { ThisVisit } from '../../visits/visit.decorator.js';
import type { SignedInVisit } from '../../visits/visit.js';
import { cursorOf, PAGE_LENGTH } from '../list-query.js';
import { ReadTransactionService } from './read-transaction.service.js';
import { transactionFilterOf } from './transaction-filter.js';
import { TransactionPage } from './transaction.page.js';
import { TransactionsPage } from './transactions.page.js';

@PageController('operator/transactions')
export class OperatorTransactionsPageController {
  constructor(
    private readonly pages: Pages,
    private readonly transactions: Transactions,
    private readonly facts: ReadTransactionService,
  ) {}

  @Get()
  @AllowVisit('operator')
  async list(
    @ThisVisit() visit: SignedInVisit,
    @Query() query: Record<string, unknown>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const filter = transactionFilterOf(query, visit.words);
    if (filter.faults.length > 0) return this.pages.show(visit, reply, TransactionsPage, { filter }, 422);
    const { status, pendingForSeconds } = filter;
    const cursor = cursorOf(query);
    const question = { status, pendingForSeconds, limit: PAGE_LENGTH, cursor };
    const found = await this.transactions.list(question, visit.session.customerId);
    return this.pages.show(visit, reply, TransactionsPage, {
      filter,
      found,
      isContinued: cursor !== undefined,
    });
  }

  @Get(':id')
  @AllowVisit('operator')
  async read(
    @ThisVisit() visit: SignedInVisit,
    @Param('id', IdPipe) transferId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const facts = await this.facts.read(transferId, visit.session.customerId);
    return this.pages.show(visit, reply, TransactionPage, facts);
  }
}
