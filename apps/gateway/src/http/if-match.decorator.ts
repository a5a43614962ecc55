import { ApiHeader } from '@nestjs/swagger';

/** Documents the header that a change needs. @param what the thing that was read: `account`. */
export function IfMatchHeader(what: string): MethodDecorator & ClassDecorator {
  return ApiHeader({
    name: 'If-Match',
    required: true,
    description: `The ETag that the ${what} was read with.`,
    schema: { type: 'string', example: '"1"' },
  });
}
