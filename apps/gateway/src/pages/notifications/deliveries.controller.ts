import { Get, Param, Query, Res } from '@nestjs/common';
import { DELIVERY_QUESTIONS, type DeliveryView, type Page } from '@kopeck/contracts';
import type { FastifyReply } from 'fastify';
import { IdPipe } from '../../http/id.pipe.js';
import { Questions } from '../../http/questions.js';
import { Pages } from '../rendering/pages.service.js';
import { unlessAway } from '../rendering/unless-away.js';
import { AllowVisit, FormPost, PageController } from '../visits/page.decorator.js';
import { ThisVisit } from '../visits/visit.decorator.js';
import type { SignedInVisit } from '../visits/visit.js';
import { DeliveriesPage } from './deliveries.page.js';
import { deliveryFilterOf } from './delivery-filter.js';
import { DeliveryPage } from './delivery.page.js';

const LIMIT = 30;

@PageController('notifications/deliveries')
export class DeliveriesPageController {
  constructor(
    private readonly pages: Pages,
    private readonly questions: Questions,
  ) {}

  @Get()
  @AllowVisit('signed-in')
  async list(
    @ThisVisit() visit: SignedInVisit,
    @Query() { channel, status, cursor }: Readonly<Record<string, unknown>>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const filter = deliveryFilterOf(channel, status);
    const { customerId } = visit.session;
    const request = { customerId, ...filter, limit: LIMIT, ...(typeof cursor === 'string' && { cursor }) };
    const asked = this.questions.ask(DELIVERY_QUESTIONS.list, request, optionsOf(visit));
    const deliveries = await unlessAway<Page<DeliveryView>>(asked);
    const isContinued = cursor !== undefined;
    return this.pages.show(visit, reply, DeliveriesPage, { deliveries, filter, isContinued });
  }

  @Get(':id')
  @AllowVisit('signed-in')
  async read(
    @ThisVisit() visit: SignedInVisit,
    @Param('id', IdPipe) deliveryId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { customerId } = visit.session;
    const request = { deliveryId, customerId };
    const delivery = await this.questions.ask(DELIVERY_QUESTIONS.read, request, optionsOf(visit));
    return this.pages.show(visit, reply, DeliveryPage, { delivery });
  }

  @FormPost(':id/retry')
  @AllowVisit('signed-in')
  async retry(
    @ThisVisit() visit: SignedInVisit,
    @Param('id', IdPipe) deliveryId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const { customerId } = visit.session;
    await this.questions.ask(DELIVERY_QUESTIONS.retry, { deliveryId, customerId }, optionsOf(visit));
    this.pages.goTo(reply, `/notifications/deliveries/${deliveryId}`, 'sentAgain');
  }
}

function optionsOf({ session }: SignedInVisit) {
  return { key: session.customerId, about: 'delivery' };
}
