import 'reflect-metadata';
import { forwardRef, Module, type DynamicModule } from '@nestjs/common';
import { partsOf } from './service-part.js';

class Library {}
const part = (name: string, more: Partial<DynamicModule> = {}) => ({
  module: Library,
  faultsOf: () => [name],
  ...more,
});

@Module({ imports: [part('inner')] })
class InnerModule {}

@Module({
  imports: [InnerModule, part('outer'), Promise.resolve(part('later')), forwardRef(() => CircularModule)],
})
class AppModule {}

@Module({ imports: [forwardRef(() => AppModule), part('nested', { imports: [part('deep')] })] })
class CircularModule {}

describe('partsOf', () => {
  it('finds every part of the tree once', async () => {
    const parts = await partsOf(AppModule);
    const names = parts.flatMap((found) => found.faultsOf?.({}) ?? []);
    expect(names.sort()).toEqual(['deep', 'inner', 'later', 'nested', 'outer']);
  });
});
