const WIDTH = 120;
const HEIGHT = 28;
const SLOTS = 30;

/** The last minute's speed as a line that grows from the right; decoration beside the number. */
export function Sparkline({ values }: { values: readonly number[] }) {
  const top = Math.max(...values, 1);
  const step = WIDTH / (SLOTS - 1);
  const first = SLOTS - values.length;
  const points = values.map(
    (value, i) =>
      `${((first + i) * step).toFixed(1)},${(HEIGHT - 1 - (value / top) * (HEIGHT - 2)).toFixed(1)}`,
  );
  return (
    <svg
      aria-hidden
      focusable="false"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="h-7 w-full max-w-40"
    >
      <line x1="0" x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} className="stroke-line" />
      {points.length > 1 && (
        <polyline
          points={points.join(' ')}
          fill="none"
          vectorEffect="non-scaling-stroke"
          className="stroke-bar stroke-[1.5]"
        />
      )}
    </svg>
  );
}
