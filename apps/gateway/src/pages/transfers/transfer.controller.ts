import { Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { IdPipe } from '../../http/id.pipe.js';
import { Pages } from '../rendering/pages.service.js';
import { AllowVisit, PageController } from '../visits/page.decorator.js';
import { ThisVisit } from '../visits/visit.decorator.js';
import type { SignedInVisit } from '../visits/visit.js';
import { ReadTransferPageService } from './read-transfer-page.service.js';
import { TransferPage } from './transfer.page.js';

@PageController('transfers')
export class TransferPageController {
  constructor(
    private readonly pages: Pages,
    private readonly service: ReadTransferPageService,
  ) {}

  @Get(':id')
  @AllowVisit('customer')
  async show(
    @ThisVisit() visit: SignedInVisit,
    @Param('id', IdPipe) transferId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const facts = await this.service.read(transferId, visit.session.customerId);
    return this.pages.show(visit, reply, TransferPage, facts);
  }
}
