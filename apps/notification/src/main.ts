import { bootstrap } from '@kopeck/service';
import { AppModule } from './app.module.js';

await bootstrap(AppModule, { service: 'notification', mode: 'worker' });
