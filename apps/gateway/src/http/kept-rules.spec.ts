import { getMetadataStorage, IsString, Length, validateSync } from 'class-validator';
import { keepRulesOfClasses } from './kept-rules.js';

class Named {
  @IsString()
  name: unknown = 'Anna';
}

class Addressed extends Named {
  @Length(1, 3)
  code: unknown = 'ab';
}

class Grouped {
  @IsString({ groups: ['strict'] })
  name: unknown = 7;
}

describe('rules that are kept', () => {
  beforeAll(() => {
    keepRulesOfClasses();
    keepRulesOfClasses();
  });

  it('are those of the class and of what it extends, each time', () => {
    for (let time = 0; time < 2; time++) {
      const faults = validateSync(Object.assign(new Addressed(), { name: 1, code: 'abcd' }));
      expect(faults.map(({ property }) => property).toSorted()).toEqual(['code', 'name']);
      expect(validateSync(new Addressed())).toEqual([]);
    }
  });

  it('are not those of another group', () => {
    expect(validateSync(new Grouped(), { groups: ['other'], forbidUnknownValues: false })).toEqual([]);
    expect(validateSync(new Grouped(), { groups: ['strict'] })).toHaveLength(1);
  });

  it('are collected once', () => {
    const collect = () => getMetadataStorage().getTargetValidationMetadatas(Named, '', false, false);
    expect(collect()).toBe(collect());
  });
});
