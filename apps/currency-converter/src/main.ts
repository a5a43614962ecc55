import { bootstrap } from '@kopeck/service';
import { AppModule } from './app.module.js';

await bootstrap(AppModule, { service: 'currency-converter', mode: 'worker' });
