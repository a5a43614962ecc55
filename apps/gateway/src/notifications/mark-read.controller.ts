import { Body, Controller, HttpCode, Param, Patch, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Problems } from '../documentation/problems.decorator.js';
import { API } from '../http/address.js';
import { IdPipe } from '../http/id.pipe.js';
import { AllowAccess } from '../sessions/access.decorator.js';
import type { SignedInRequest } from '../sessions/session.js';
import { MarkReadService } from './mark-read.service.js';
import { MarkAllReadBody, MarkReadBody, UnreadCountResource } from './notification.dto.js';

@ApiTags('Notifications')
@Controller(`${API}/notifications`)
export class MarkReadController {
  constructor(private readonly service: MarkReadService) {}

  @Patch(':id')
  @AllowAccess('signed-in')
  @ApiOperation({ operationId: 'markNotificationRead', summary: 'Mark one notification as read' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: UnreadCountResource })
  @Problems('session', 'body', 'id')
  one(
    @Param('id', IdPipe) notificationId: string,
    @Body() _body: MarkReadBody,
    @Req() { session: { customerId } }: SignedInRequest,
  ): Promise<UnreadCountResource> {
    return this.service.mark({ customerId, notificationIds: [notificationId] });
  }

  @Post('read')
  @HttpCode(200)
  @AllowAccess('signed-in')
  @ApiOperation({
    operationId: 'markNotificationsRead',
    summary: 'Mark all notifications as read, or those up to one',
  })
  @ApiOkResponse({ type: UnreadCountResource })
  @Problems('session', 'body')
  all(
    @Body() { upToOrdinal }: MarkAllReadBody,
    @Req() { session: { customerId } }: SignedInRequest,
  ): Promise<UnreadCountResource> {
    return this.service.mark({ customerId, upToOrdinal: upToOrdinal ?? undefined });
  }
}
