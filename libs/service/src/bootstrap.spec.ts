import 'reflect-metadata';
import { jest } from '@jest/globals';
import { Module } from '@nestjs/common';
import { IsInt, Min } from 'class-validator';
import { bootstrap } from './bootstrap.js';
import { ServiceModule } from './service.module.js';

class ShopSettings {
  @IsInt()
  @Min(1)
  SHOP_SHELVES = 0;
}

@Module({ imports: [ServiceModule.forRoot({ service: 'customer', settings: [ShopSettings] })] })
class ShopModule {}

describe('bootstrap', () => {
  const environment = { ...process.env };

  afterEach(() => {
    process.env = { ...environment };
    jest.restoreAllMocks();
  });

  it('lists every fault of the settings in plain sentences and ends with exit code 78', async () => {
    process.env = { NODE_ENV: 'prod', KAFKA_BROKERS: 'nonsense' };
    const exit = jest.spyOn(process, 'exit').mockImplementation((() => undefined) as never);
    const said: string[] = [];
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
    await bootstrap(ShopModule, { service: 'customer', mode: 'worker' });
    expect(exit).toHaveBeenCalledWith(78);
    expect(said.join('')).toMatch(/customer service can't start: settings are wrong/);
    for (const name of ['NODE_ENV', 'KAFKA_BROKERS', 'SHOP_SHELVES'])
      expect(said.join('')).toContain(`- ${name} `);
  });
});
