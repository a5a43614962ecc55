import { Controller, Get, Param, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { CONVERSION_QUESTIONS } from '@kopeck/contracts';
import { Problems } from '../documentation/problems.decorator.js';
import { API } from '../http/address.js';
import { IdPipe } from '../http/id.pipe.js';
import { Questions } from '../http/questions.js';
import { AllowAccess } from '../sessions/access.decorator.js';
import type { SignedInRequest } from '../sessions/session.js';
import { QuoteResource } from './quote.dto.js';
import { openQuoteOf } from './quote.js';

@ApiTags('Conversions')
@Controller(`${API}/quotes`)
export class ReadQuoteController {
  constructor(private readonly questions: Questions) {}

  @Get(':id')
  @AllowAccess('customer')
  @ApiOperation({ operationId: 'readQuote', summary: 'One quote of yours' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: QuoteResource })
  @Problems('session', 'id')
  async read(
    @Param('id', IdPipe) quoteId: string,
    @Req() { session }: SignedInRequest,
  ): Promise<QuoteResource> {
    const question = { quoteId, customerId: session.customerId };
    const options = { key: quoteId, about: 'quote' };
    return openQuoteOf(await this.questions.ask(CONVERSION_QUESTIONS.readQuote, question, options));
  }
}
