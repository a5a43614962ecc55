import { render } from 'preact-render-to-string';
import { LineChart } from './line-chart.js';

/** What stands beside the scale's lines, from below. */
function ticksOf(values: readonly number[]): number[] {
  const html = render(
    LineChart({
      id: 'any',
      title: 'Balance',
      description: 'How it went',
      points: values.map((value, day) => ({ at: new Date(Date.UTC(2026, 0, 1 + day)).toISOString(), value })),
      shape: 'steps',
      formatValue: String,
      formatTime: (at) => at,
    }),
  );
  return [...html.matchAll(/<text x="0"[^>]*>([^<]*)</g)].map(([, text]) => Number(text));
}

describe('a line chart', () => {
  it.each<[string, number[]]>([
    ['nothing, all the time', [0, 0, 0]],
    ['nothing at first', [0, 10, 1_000]],
    ['next to nothing', [1, 100, 1_000]],
  ])('of %s doesn’t go below zero', (_what, values) => {
    expect(Math.min(...ticksOf(values))).toBeGreaterThanOrEqual(0);
  });

  it('goes below zero where a value does', () => {
    expect(Math.min(...ticksOf([-50, 50]))).toBeLessThan(0);
  });

  it('has a scale around what never moved', () => {
    const ticks = ticksOf([300, 300]);
    expect(Math.min(...ticks)).toBeLessThan(300);
    expect(Math.max(...ticks)).toBeGreaterThan(300);
  });
});
