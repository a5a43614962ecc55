import { bootstrap } from '@kopeck/service';
import { AppModule } from './app.module.js';
import { configureHttp } from './http/configure-http.js';
import { EARLY_ERRORS } from './http/early-errors.js';

await bootstrap(AppModule, {
  service: 'gateway',
  mode: 'gateway',
  configure: configureHttp,
  earlyErrors: EARLY_ERRORS,
});
