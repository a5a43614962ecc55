import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { BaseExceptionFilter, type AbstractHttpAdapter, type HttpAdapterHost } from '@nestjs/core';
import { throwError, type Observable } from 'rxjs';

/**
 * Nest's last resort for a Kafka handler's error replaces it by "Internal server error", so that the server could no
 * longer tell a lost database from a poison message. This one hands it on as it is. It comes last of all global
 * filters, so what an app registers for HTTP goes before; without any, HTTP errors are Nest's as usual.
 */
@Catch()
export class ErrorPassFilter implements ExceptionFilter {
  constructor(private readonly http: HttpAdapterHost<AbstractHttpAdapter>) {}

  catch(error: unknown, host: ArgumentsHost): Observable<never> | void {
    if (host.getType() === 'rpc') return throwError(() => error);
    new BaseExceptionFilter(this.http.httpAdapter).catch(error, host);
  }
}
