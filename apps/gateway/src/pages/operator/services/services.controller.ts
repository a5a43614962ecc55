import { Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ServiceStates } from '../../../services/service-states.service.js';
import { Pages } from '../../rendering/pages.service.js';
import { AllowVisit, PageController } from '../../visits/page.decorator.js';
import { ThisVisit } from '../../visits/visit.decorator.js';
import type { SignedInVisit } from '../../visits/visit.js';
import { ServicesPage } from './services.page.js';

@PageController('operator/services')
export class OperatorServicesPageController {
  constructor(
    private readonly pages: Pages,
    private readonly states: ServiceStates,
  ) {}

  @Get()
  @AllowVisit('operator')
  async show(
    @ThisVisit() visit: SignedInVisit,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const services = await this.states.read(visit.nowMs);
    return this.pages.show(visit, reply, ServicesPage, { services });
  }
}
