import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import type { Page } from '@kopeck/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 200;

/** Keyset paging: a cursor stays right while rows are added, which an offset doesn't. */
export class PageQuery {
  @ApiPropertyOptional({
    description: 'How many items at most.',
    type: 'integer',
    default: DEFAULT_LIMIT,
    minimum: 1,
    maximum: MAX_LIMIT,
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt({ message: `limit must be a whole number from 1 to ${MAX_LIMIT}` })
  @Min(1, { message: `limit must be a whole number from 1 to ${MAX_LIMIT}` })
  @Max(MAX_LIMIT, { message: `limit must be a whole number from 1 to ${MAX_LIMIT}` })
  limit: number = DEFAULT_LIMIT;

  @ApiPropertyOptional({
    description: 'The `nextCursor` of the page before, unchanged. It means nothing to anybody but this API.',
    minLength: 1,
    maxLength: 200,
  })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  cursor?: string;
}

/** Says where the next page is (RFC 8288), keeping the request's own filters. */
export function linkNextPage(request: FastifyRequest, reply: FastifyReply, page: Page<unknown>): void {
  if (page.nextCursor !== null)
    reply.header('link', `<${nextPageUrl(request.url, page.nextCursor)}>; rel="next"`);
}

export function nextPageUrl(url: string, cursor: string): string {
  const [path = '', query = ''] = url.split('?', 2);
  const parameters = new URLSearchParams(query);
  parameters.set('cursor', cursor);
  return `${path}?${parameters}`;
}
