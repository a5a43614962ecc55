import { entityTagOf, requiredVersionOf } from './entity-tag.js';

describe('If-Match', () => {
  it('reads back what ETag says', () => {
    expect(requiredVersionOf(entityTagOf('12'))).toEqual({ any: false, revisions: ['12'] });
  });

  it.each([
    ['"1", "2"', ['1', '2']],
    ['W/"1"', []],
    ['"x"', []],
    ['1', []],
    ['W/"1", "2"', ['2']],
  ])('%j allows %j', (header, revisions) => {
    expect(requiredVersionOf(header)).toEqual({ any: false, revisions });
  });

  it('knows "any" and "missing"', () => {
    expect(requiredVersionOf('*')).toEqual({ any: true });
    expect(requiredVersionOf(undefined)).toBeUndefined();
  });
});
