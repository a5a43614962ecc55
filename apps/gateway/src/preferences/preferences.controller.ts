import { Body, Controller, Get, Put, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PREFERENCE_QUESTIONS } from '@kopeck/contracts';
import type { FastifyReply } from 'fastify';
import { Problems } from '../documentation/problems.decorator.js';
import { API } from '../http/address.js';
import { entityTagOf } from '../http/entity-tag.js';
import { IfMatchHeader } from '../http/if-match.decorator.js';
import { Questions } from '../http/questions.js';
import { AllowAccess } from '../sessions/access.decorator.js';
import type { SignedInRequest } from '../sessions/session.js';
import { ChangePreferencesService } from './change-preferences.service.js';
import { ChangePreferencesBody, PreferencesResource } from './preference.dto.js';

const ETAG = { ETag: { schema: { type: 'string' } } } as const;

@ApiTags('Notifications')
@Controller(`${API}/notification-preferences`)
export class PreferencesController {
  constructor(
    private readonly questions: Questions,
    private readonly service: ChangePreferencesService,
  ) {}

  @Get()
  @AllowAccess('signed-in')
  @ApiOperation({ operationId: 'readNotificationPreferences', summary: 'What you are told of, and how' })
  @ApiOkResponse({ type: PreferencesResource, headers: ETAG })
  @Problems('session')
  async read(
    @Req() { session: { customerId } }: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PreferencesResource> {
    const options = { key: customerId, about: 'customer' };
    const view = await this.questions.ask(PREFERENCE_QUESTIONS.read, { customerId }, options);
    reply.header('etag', entityTagOf(view.revision));
    return PreferencesResource.of(view);
  }

  @Put()
  @AllowAccess('signed-in')
  @ApiOperation({
    operationId: 'changeNotificationPreferences',
    summary: 'Choose what you are told of, and how',
  })
  @IfMatchHeader('preferences')
  @ApiOkResponse({ type: PreferencesResource, headers: ETAG })
  @Problems('session', 'body', 'version_required', 'stale_version')
  async change(
    @Body() body: ChangePreferencesBody,
    @Req() { headers, session }: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PreferencesResource> {
    const view = await this.service.change(body, session.customerId, headers['if-match']);
    reply.header('etag', entityTagOf(view.revision));
    return PreferencesResource.of(view);
  }
}
