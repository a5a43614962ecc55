import { bootstrap } from '@kopeck/service';
import { AppModule } from './app.module.js';
import { configureHttp } from './http/configure-http.js';

await bootstrap(AppModule, { service: 'gateway', mode: 'gateway', configure: configureHttp });
