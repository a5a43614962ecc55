import type { MessageHandler } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';

/**
 * Calls a handler through Nest's guards, pipes, interceptors and filters and waits for its result. Filters hand an error
 * on as an Observable that throws it; a value that a filter returns would count as the handler's result.
 */
export async function callHandler(
  handler: MessageHandler,
  payload: unknown,
  context: unknown,
): Promise<unknown> {
  const result: unknown = await handler(payload, context);
  return isObservable(result) ? lastValueFrom(result, { defaultValue: undefined }) : result;
}
