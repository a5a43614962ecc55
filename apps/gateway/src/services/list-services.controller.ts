import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Problems } from '../documentation/problems.decorator.js';
import { API } from '../http/address.js';
import { AllowAccess } from '../sessions/access.decorator.js';
import { ServiceBoard } from './service-board.js';
import { ServiceLag } from './service-lag.js';
import { ServiceList } from './service.dto.js';

@ApiTags('Operator')
@Controller(`${API}/operator/services`)
export class ListServicesController {
  constructor(
    private readonly board: ServiceBoard,
    private readonly lag: ServiceLag,
  ) {}

  @Get()
  @AllowAccess('operator')
  @ApiOperation({ operationId: 'listServices', summary: 'Which services are there, and how far behind' })
  @ApiOkResponse({ type: ServiceList })
  @Problems('session')
  async list(): Promise<ServiceList> {
    const nowMs = Date.now();
    const lags = await this.lag.measure(nowMs);
    return {
      data: this.board.states(nowMs).map((state) => ({ ...state, lag: lags.get(state.service) ?? null })),
    };
  }
}
