import { Get, Param, Query, Res } from '@nestjs/common';
import { DELIVERY_QUESTIONS } from '@kopeck/contracts';
import type { FastifyReply } from 'fastify';
import { IdPipe } from '../../../http/id.pipe.js';
import { Questions } from '../../../http/questions.js';
import { Pages } from '../../rendering/pages.service.js';
import { unlessAway } from '../../rendering/unless-away.js';
import { AllowVisit, FormPost, PageController } from '../../visits/page.decorator.js';
import { ThisVisit } from '../../visits/visit.decorator.js';
import type { SignedInVisit } from '../../visits/visit.js';
import { cursorOf, PAGE_LENGTH } from '../list-query.js';
import { DeliveriesPage } from './deliveries.page.js';
import { deliveryFilterOf } from './delivery-filter.js';
import { DeliveryPage } from './delivery.page.js';

/** How the channels out of the bank fare, and what became of each message. */
@PageController('operator/deliveries')
export class OperatorDeliveriesPageController {
  constructor(
    private readonly pages: Pages,
    private readonly questions: Questions,
  ) {}

  @Get()
  @AllowVisit('operator')
  async list(
    @ThisVisit() visit: SignedInVisit,
    @Query() query: Record<string, unknown>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const filter = deliveryFilterOf(query);
    const cursor = cursorOf(query);
    const operatorId = visit.session.customerId;
    const options = { key: operatorId, about: 'delivery' };
    const question = { ...filter, limit: PAGE_LENGTH, cursor };
    const [channels, found] = await Promise.all([
      unlessAway(this.questions.ask(DELIVERY_QUESTIONS.health, { operatorId }, options)),
      this.questions.ask(DELIVERY_QUESTIONS.list, question, options),
    ]);
    const isContinued = cursor !== undefined;
    return this.pages.show(visit, reply, DeliveriesPage, { channels, filter, found, isContinued });
  }

  @Get(':id')
  @AllowVisit('operator')
  async read(
    @ThisVisit() visit: SignedInVisit,
    @Param('id', IdPipe) deliveryId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const options = { key: deliveryId, about: 'delivery' };
    const delivery = await this.questions.ask(DELIVERY_QUESTIONS.read, { deliveryId }, options);
    return this.pages.show(visit, reply, DeliveryPage, { delivery });
  }

  /** Under the same id: who gets it twice can tell. */
  @FormPost(':id/retry')
  @AllowVisit('operator')
  async retry(
    @Param('id', IdPipe) deliveryId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.questions.ask(
      DELIVERY_QUESTIONS.retry,
      { deliveryId },
      { key: deliveryId, about: 'delivery' },
    );
    this.pages.goTo(reply, `/operator/deliveries/${deliveryId}`, 'deliveryRetried');
  }
}
