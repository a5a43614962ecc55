import { Logger, PinoLogger, type Params } from 'nestjs-pino';
import type { DestinationStream, LoggerOptions } from 'pino';
import type { BaseSettings } from '../settings/base.settings.js';
import type { ServiceIdentity } from '../service-identity.js';
import { currentTrace } from '../tracing/trace-context.js';
import { describeError, maskLine, redact, secretsOf } from './redaction.js';

/**
 * JSON lines for machines; coloured ones when a person looks at a terminal. Requests are logged by Fastify hooks (see
 * http/request-hooks.ts), not by a middleware, which would cost each request more than its validation.
 */
export async function loggerParams(
  settings: Pick<BaseSettings, 'LOG_LEVEL'>,
  identity: Pick<ServiceIdentity, 'service' | 'instance'>,
): Promise<Params> {
  const options = { ...loggerOptions(settings, identity, process.env), autoLogging: false };
  const pretty = process.stdout.isTTY ? await prettyStream() : undefined;
  return { pinoHttp: pretty ? [options, pretty] : options, forRoutes: [] };
}

/** Fields are redacted by name; finished lines are searched for what must not stand anywhere. */
export function loggerOptions(
  settings: Pick<BaseSettings, 'LOG_LEVEL'>,
  identity: Pick<ServiceIdentity, 'service' | 'instance'>,
  environment: NodeJS.ProcessEnv,
): LoggerOptions {
  const secrets = secretsOf(environment);
  return {
    level: settings.LOG_LEVEL,
    base: { service: identity.service, instance: identity.instance },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: {
      level: (label) => ({ level: label }),
      log: (fields) => redact(fields) as Record<string, unknown>,
    },
    mixin: () => {
      const trace = currentTrace();
      return trace ? { traceId: trace.traceId } : {};
    },
    serializers: { err: (error: unknown) => (error instanceof Error ? describeError(error) : error) },
    hooks: { streamWrite: (line) => maskLine(line, secrets) },
  };
}

/** What Nest tells about each module and route of every start; worth reading only when something is missing. */
const FRAMEWORK_CONTEXTS = new Set(['InstanceLoader', 'NestFactory', 'RouterExplorer', 'RoutesResolver']);

/** Nest's logger before there is a container: the first line of a process is JSON already. */
export class ServiceLogger extends Logger {
  constructor(params: Params) {
    super(new PinoLogger(params), params);
  }

  override log(message: unknown, ...rest: unknown[]): void {
    if (FRAMEWORK_CONTEXTS.has(String(rest.at(-1)))) return this.debug(message, ...rest);
    super.log(message, ...rest);
  }
}

/** A development dependency: where it isn't installed, JSON it is. */
async function prettyStream(): Promise<DestinationStream | undefined> {
  try {
    const { default: pretty } = await import('pino-pretty');
    return pretty({ ignore: 'pid,hostname,service,instance', messageFormat: '{context}: {msg}', sync: true });
  } catch {
    return undefined;
  }
}
