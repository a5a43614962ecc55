import type { ServiceName } from '@kopeck/contracts';
import { KafkaModule } from '@kopeck/kafka';
import { Module, type FactoryProvider } from '@nestjs/common';
import { ConfigModule, ConfigService, registerAs } from '@nestjs/config';
import { TerminusModule } from '@nestjs/terminus';
import { LoggerModule } from 'nestjs-pino';
import { HealthRegistry } from './health/health-registry.js';
import { Heartbeat } from './heartbeat/heartbeat.js';
import { loggerParams } from './logging/logger.js';
import { Metrics } from './metrics/metrics.js';
import { ServiceIdentity } from './service-identity.js';
import type { ServicePart } from './service-part.js';
import { BaseSettings, readBaseSettings } from './settings/base.settings.js';
import { defaultSecretFaults, readExample } from './settings/default-secrets.js';
import { ENVIRONMENT_FILES } from './settings/environment.js';
import { readSettings, type ReadSettings, type SettingsClass } from './settings/settings.reader.js';
import { TRACE_SOURCE } from './tracing/trace-context.js';
import { readVersion } from './version.js';

export interface ServiceModuleOptions {
  readonly service: ServiceName;
  /** The app's own settings classes, injected by class. */
  readonly settings?: SettingsClass[];
  /** Errors of the app's own after which a message must be tried again; those of the libraries are known. */
  readonly isTransient?: (error: unknown) => boolean;
}

@Module({})
export class ServiceModule {
  /** Global: settings, logger, Kafka, metrics, health and heartbeats of one service. */
  static forRoot({ service, settings = [], isTransient }: ServiceModuleOptions): ServicePart {
    return {
      module: ServiceModule,
      global: true,
      imports: [
        configModule(service, settings),
        kafkaModule(service),
        loggerModule(service),
        TerminusModule.forRoot({ logger: false }),
      ],
      providers: [
        ...[BaseSettings, ...settings].map(settingsProvider),
        identityProvider(service),
        Metrics,
        HealthRegistry,
        Heartbeat,
      ],
      exports: [BaseSettings, ...settings, ServiceIdentity, Metrics, HealthRegistry, TerminusModule],
      isTransient,
      faultsOf: (environment) => [
        ...readBaseSettings(service, environment).faults,
        ...settings.flatMap((type) => readSettings(type, environment).faults),
        ...defaultSecretFaults(environment, readExample()),
      ],
    };
  }
}

/**
 * The environment, then .env, then what `npm start` found: each settings class is one namespace. The files are read when
 * this is called, so that whatever is read from `process.env` later sees them too.
 */
function configModule(service: ServiceName, settings: readonly SettingsClass[]) {
  return ConfigModule.forRoot({
    isGlobal: true,
    cache: true,
    envFilePath: [...ENVIRONMENT_FILES],
    load: [
      registerAs(BaseSettings.name, () => required(readBaseSettings(service, process.env))),
      ...settings.map((type) => registerAs(type.name, () => required(readSettings(type, process.env)))),
    ],
  });
}

/** Services inject their settings by class; the configuration module keeps them by the class's name. */
function settingsProvider(type: SettingsClass): FactoryProvider {
  return {
    provide: type,
    inject: [ConfigService],
    useFactory: (config: ConfigService) => config.getOrThrow<object>(type.name),
  };
}

/** `bootstrap` has said it all by now; this is for tests and scripts that go without. */
function required<T>({ settings, faults }: ReadSettings<T>): T {
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return settings;
}

function identityProvider(service: ServiceName): FactoryProvider {
  return {
    provide: ServiceIdentity,
    inject: [BaseSettings],
    useFactory: (base: BaseSettings) => new ServiceIdentity(service, base.INSTANCE, readVersion()),
  };
}

function kafkaModule(service: ServiceName) {
  return KafkaModule.forRoot({
    inject: [BaseSettings],
    useFactory: (base: BaseSettings) => ({
      brokers: base.brokers,
      service,
      instance: base.INSTANCE,
      trace: TRACE_SOURCE,
    }),
  });
}

function loggerModule(service: ServiceName) {
  return LoggerModule.forRootAsync({
    inject: [BaseSettings],
    useFactory: (base: BaseSettings) => loggerParams(base, { service, instance: base.INSTANCE }),
  });
}
