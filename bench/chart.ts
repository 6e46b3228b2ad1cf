/** One plot over a common x axis; its y axis begins at zero. */
export interface Panel {
  title: string;
  lines: { name: string; points: { x: number; y: number }[] }[];
}

const WIDTH = 860;
const PLOT = { left: 70, width: 620, height: 110 };
const PANEL_HEIGHT = 170;
const HEADING = 50;
const COLOURS = ['#0f766e', '#b45309', '#6d28d9'];

/** An SVG of panels one below the other, x in minutes. For a page in light or dark: it brings its own ground. Pure. */
export function drawPanels(title: string, panels: readonly Panel[]): string {
  const height = HEADING + panels.length * PANEL_HEIGHT;
  const body = panels.map((panel, i) => drawPanel(panel, HEADING + i * PANEL_HEIGHT));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="12" fill="#334155">
<rect width="${WIDTH}" height="${height}" fill="#fff"/>
<text x="${PLOT.left}" y="26" font-size="16" font-weight="600">${escapeXml(title)}</text>
${body.join('\n')}
</svg>
`;
}

function drawPanel({ title, lines }: Panel, top: number): string {
  const points = lines.flatMap((line) => line.points);
  const mostX = Math.max(...points.map(({ x }) => x));
  const mostY = niceTop(Math.max(...points.map(({ y }) => y)));
  const x = (value: number) => (PLOT.left + (value / mostX) * PLOT.width).toFixed(1);
  const y = (value: number) => (top + 20 + PLOT.height * (1 - value / mostY)).toFixed(1);
  const right = PLOT.left + PLOT.width;
  const grid = [0, 0.5, 1].map((share) => {
    const at = y(share * mostY);
    return `<path d="M${PLOT.left} ${at}H${right}" stroke="#e2e8f0"/><text x="${PLOT.left - 8}" y="${at}" dy="4" text-anchor="end">${(share * mostY).toLocaleString('en')}</text>`;
  });
  const curves = lines.map(({ name, points: path }, i) => {
    const colour = COLOURS[i % COLOURS.length];
    const d = path.map((point, n) => `${n === 0 ? 'M' : 'L'}${x(point.x)} ${y(point.y)}`).join('');
    return `<path d="${d}" fill="none" stroke="${colour}" stroke-width="1.5"/><text x="${right + 12}" y="${top + 32 + i * 18}" fill="${colour}">${escapeXml(name)}</text>`;
  });
  const ends = `<text x="${PLOT.left}" y="${top + 146}">0</text><text x="${right}" y="${top + 146}" text-anchor="end">${mostX.toFixed(0)} min</text>`;
  return `<text x="${PLOT.left}" y="${top + 10}" font-weight="600">${escapeXml(title)}</text>${grid.join('')}${curves.join('')}${ends}`;
}

/** The next of 1, 2, 5 times a power of ten: what an axis ends at. */
function niceTop(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  return ([1, 2, 5, 10].find((step) => step * power >= value) ?? 10) * power;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
