import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Problems } from '../documentation/problems.decorator.js';
import { API } from '../http/address.js';
import { AllowAccess } from '../sessions/access.decorator.js';
import { ServiceStates } from './service-states.service.js';
import { ServiceList } from './service.dto.js';

@ApiTags('Operator')
@Controller(`${API}/operator/services`)
export class ListServicesController {
  constructor(private readonly states: ServiceStates) {}

  @Get()
  @AllowAccess('operator')
  @ApiOperation({ operationId: 'listServices', summary: 'Which services are there, and how far behind' })
  @ApiOkResponse({ type: ServiceList })
  @Problems('session')
  async list(): Promise<ServiceList> {
    return { data: await this.states.read(Date.now()) };
  }
}
