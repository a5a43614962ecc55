import { Controller, Get, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DELIVERY_QUESTIONS } from '@kopeck/contracts';
import { ChannelHealthList } from '../deliveries/delivery.dto.js';
import { Problems } from '../documentation/problems.decorator.js';
import { API } from '../http/address.js';
import { Questions } from '../http/questions.js';
import { AllowAccess } from '../sessions/access.decorator.js';
import type { SignedInRequest } from '../sessions/session.js';

@ApiTags('Operator')
@Controller(`${API}/operator/notification-channels`)
export class ListNotificationChannelsController {
  constructor(private readonly questions: Questions) {}

  @Get()
  @AllowAccess('operator')
  @ApiOperation({
    operationId: 'listNotificationChannels',
    summary: 'How each channel out of the bank fares',
  })
  @ApiOkResponse({ type: ChannelHealthList })
  @Problems('session')
  async list(@Req() { session }: SignedInRequest): Promise<ChannelHealthList> {
    const options = { key: session.customerId, about: 'channel' };
    const health = await this.questions.ask(DELIVERY_QUESTIONS.health, {}, options);
    return { data: [...health] };
  }
}
