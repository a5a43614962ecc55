import type { Logger } from 'nestjs-pino';

/**
 * An error that nobody caught leaves the process in a state that nobody knows. Everything here survives a crash, so it
 * ends at once and the supervisor starts it again.
 */
export function endOnFatalErrors(logger: Logger): void {
  process.on('uncaughtException', (error) => end(logger, error, 'Uncaught exception'));
  process.on('unhandledRejection', (reason) => end(logger, reason, 'Unhandled rejection'));
}

/** A stop that hangs ends too: work not finished is delivered again. */
export function limitStop(timeoutMs: number, logger: Logger): void {
  const start = (signal: NodeJS.Signals) => {
    logger.log(`${signal}: finishing what is under way`, 'Bootstrap');
    setTimeout(() => {
      logger.fatal(
        `Not stopped within STOP_TIMEOUT_MS=${timeoutMs}: ending without waiting any longer`,
        'Bootstrap',
      );
      process.exit(1);
    }, timeoutMs).unref();
  };
  process.once('SIGTERM', start);
  process.once('SIGINT', start);
}

function end(logger: Logger, reason: unknown, what: string): never {
  const error = reason instanceof Error ? reason : new Error(String(reason));
  logger.fatal({ err: error }, what, 'Process');
  process.exit(1);
}
