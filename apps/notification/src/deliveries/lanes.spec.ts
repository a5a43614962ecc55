import fc from 'fast-check';
import { LANE_QUEUE, Lanes, type LaneItem } from './lanes.js';

const itemsOf = (lane: string, count: number): LaneItem[] =>
  Array.from({ length: count }, () => ({ lane, endpointId: `endpoint of ${lane}` }));

describe('lanes', () => {
  it('keep a slow host to its share, and its queue to itself', () => {
    const lanes = new Lanes(10, 2);
    const slow = itemsOf('slow', LANE_QUEUE + 20);
    const entered = slow.filter((item) => lanes.enter(item));
    expect(entered).toHaveLength(LANE_QUEUE);
    expect(lanes.begin()).toHaveLength(2);
    expect(lanes.busyEndpoints()).toEqual(['endpoint of slow']);
    const [quick] = itemsOf('quick', 1);
    expect(lanes.enter(quick!)).toBe(true);
    expect(lanes.begin()).toEqual([quick]);
    expect(lanes.busyEndpoints()).toEqual(['endpoint of slow']);
  });

  it('let nothing get lost or begin twice, and never more run than may', () => {
    const step = fc.oneof(
      fc.record({ enter: fc.constantFrom('a', 'b', 'c', 'd') }),
      fc.record({ leave: fc.nat() }),
      fc.constant({ begin: true as const }),
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 3 }),
        fc.array(step, { maxLength: 200 }),
        (atOnce, perLane, steps) => {
          const lanes = new Lanes<LaneItem>(atOnce, perLane);
          const [waiting, running] = [new Set<LaneItem>(), new Set<LaneItem>()];
          for (const each of steps) {
            if ('enter' in each) {
              const item = { lane: each.enter, endpointId: null };
              if (lanes.enter(item)) waiting.add(item);
            } else if ('leave' in each) {
              const item = [...running][each.leave % Math.max(running.size, 1)];
              if (item) {
                running.delete(item);
                lanes.leave(item);
              }
            } else {
              for (const item of lanes.begin()) {
                expect(waiting.delete(item)).toBe(true);
                running.add(item);
              }
            }
            expect(lanes.held).toBe(waiting.size + running.size);
            expect(running.size).toBeLessThanOrEqual(atOnce);
            for (const lane of 'abcd') {
              expect([...running].filter((item) => item.lane === lane).length).toBeLessThanOrEqual(perLane);
            }
          }
          for (const item of running) lanes.leave(item);
          expect(new Set(lanes.clear())).toEqual(waiting);
          expect(lanes.held).toBe(0);
        },
      ),
    );
  });
});
