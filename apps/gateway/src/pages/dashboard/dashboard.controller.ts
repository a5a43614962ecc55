import { Get, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { homeOf } from '../layout/places.js';
import { Pages } from '../rendering/pages.service.js';
import { AllowVisit, PageController } from '../visits/page.decorator.js';
import { ThisVisit } from '../visits/visit.decorator.js';
import type { SignedInVisit } from '../visits/visit.js';
import { DashboardPage } from './dashboard.page.js';
import { ReadDashboardService } from './read-dashboard.service.js';

@PageController()
export class DashboardPageController {
  constructor(
    private readonly pages: Pages,
    private readonly service: ReadDashboardService,
  ) {}

  @Get()
  @AllowVisit('signed-in')
  async show(
    @ThisVisit() visit: SignedInVisit,
    @Query('in') currency: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | void> {
    const { customerId, role } = visit.session;
    if (homeOf(role) !== '/') return this.pages.goTo(reply, homeOf(role));
    const dashboard = await this.service.read(customerId, currency, visit.nowMs);
    return this.pages.show(visit, reply, DashboardPage, dashboard);
  }
}
