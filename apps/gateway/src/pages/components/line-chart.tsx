import { scaleLinear } from 'd3-scale';
import { area, curveMonotoneX, curveStepAfter, line } from 'd3-shape';

export interface ChartPoint {
  /** RFC 3339. */
  readonly at: string;
  /** For the picture alone: money itself is never a float. */
  readonly value: number;
}

export interface LineChartProps {
  /** Unique on the page. */
  readonly id: string;
  readonly title: string;
  /** The whole story in a sentence, for who doesn't see it. */
  readonly description: string;
  readonly points: readonly ChartPoint[];
  /** Balances jump, rates glide. */
  readonly shape: 'steps' | 'glide';
  readonly formatValue: (value: number) => string;
  readonly formatTime: (at: string) => string;
}

/** Of a shape that is still a picture on a telephone. */
const WIDTH = 520;
const HEIGHT = 220;
/** On the left the scale has a column of its own. */
const EDGE = { top: 12, right: 4, bottom: 28, left: 52 };
const FLOOR = HEIGHT - EDGE.bottom;
/** Of a coordinate: finer than any screen, and a page of half the length. */
const DIGITS = 1;

type Place = [x: number, y: number];

/** A line over time, drawn on the server: it needs no script, and prints. */
export function LineChart(props: LineChartProps) {
  const { id, title, description, points, shape, formatValue, formatTime } = props;
  const { x, y } = scalesOf(points);
  const curve = shape === 'steps' ? curveStepAfter : curveMonotoneX;
  const placed = points.map(({ at, value }): Place => [x(Date.parse(at)), y(value)]);
  const drawn = line<Place>().digits(DIGITS).curve(curve)(placed);
  const filled = area<Place>().y0(FLOOR).digits(DIGITS).curve(curve)(placed);
  const [lastX, lastY] = placed.at(-1)!;
  return (
    <svg
      class="chart"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-labelledby={`${id}-title ${id}-text`}
    >
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-text`}>{description}</desc>
      <path class="chart__area" d={filled ?? ''} />
      {y.ticks(3).map((tick) => (
        <g key={tick} class="chart__tick">
          <line x1={EDGE.left} x2={WIDTH - EDGE.right} y1={rounded(y(tick))} y2={rounded(y(tick))} />
          <text x={0} y={rounded(y(tick) + 4)}>
            {formatValue(tick)}
          </text>
        </g>
      ))}
      <path class="chart__line" d={drawn ?? ''} />
      <circle class="chart__last" cx={rounded(lastX)} cy={rounded(lastY)} r={4} />
      {timeTicks(points).map(({ point: { at }, anchor }) => (
        <text key={at} class="chart__time" x={rounded(x(Date.parse(at)))} y={HEIGHT - 8} text-anchor={anchor}>
          {formatTime(at)}
        </text>
      ))}
    </svg>
  );
}

/** Fewer different values are no course that a picture would tell. */
const LEAST_VALUES = 3;

/** The course of things beside a number, without words of its own: the number says it. */
export function Sparkline({ points }: { readonly points: readonly ChartPoint[] }) {
  if (new Set(points.map(({ value }) => value)).size < LEAST_VALUES) return null;
  const [from, to] = [Date.parse(points[0]!.at), Date.parse(points.at(-1)!.at)];
  const x = scaleLinear([from, to], [1, 119]);
  const y = scaleLinear(extent(points), [31, 3]);
  const placed = points.map(({ at, value }): Place => [x(Date.parse(at)), y(value)]);
  const drawn = line<Place>().digits(DIGITS).curve(curveStepAfter)(placed);
  return (
    <svg class="spark" viewBox="0 0 120 34" aria-hidden="true" focusable="false" preserveAspectRatio="none">
      <path d={drawn ?? ''} />
    </svg>
  );
}

function scalesOf(points: readonly ChartPoint[]) {
  const times = points.map(({ at }) => Date.parse(at));
  return {
    x: scaleLinear([Math.min(...times), Math.max(...times)], [EDGE.left + 6, WIDTH - EDGE.right - 6]),
    y: scaleLinear(extent(points), [FLOOR - 6, EDGE.top + 10]),
  };
}

function rounded(coordinate: number): number {
  return Math.round(coordinate * 10 ** DIGITS) / 10 ** DIGITS;
}

/** With room above and below, but not below zero where nothing is; a line that never moved runs in the middle. */
function extent(points: readonly ChartPoint[]): [number, number] {
  const values = points.map(({ value }) => value);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const room = most === least ? Math.abs(most) * 0.1 || 1 : (most - least) * 0.05;
  return [least < 0 ? least - room : Math.max(least - room, 0), most + room];
}

/** First, middle and last: more would run into each other on a telephone. */
function timeTicks(points: readonly ChartPoint[]) {
  const middle = points[Math.floor((points.length - 1) / 2)]!;
  const ticks = [
    { point: points[0]!, anchor: 'start' },
    { point: middle, anchor: 'middle' },
    { point: points.at(-1)!, anchor: 'end' },
  ] as const;
  return ticks.filter(({ point }, index) => ticks.findIndex((tick) => tick.point === point) === index);
}
