import type { Times } from './growth.ts'

/** A curve with its name at its end. */
export interface Curve {
  readonly name: string
  readonly times: Times
}

/** Of the page that the plot is on. */
export type Theme = 'light' | 'dark'

const COLOURS = {
  light: { text: '#1f2328', grid: '#d1d9e0', curves: ['#0969da', '#8250df', '#9a6700'] },
  dark: { text: '#f0f6fc', grid: '#3d444d', curves: ['#4493f8', '#ab7df8', '#d29922'] },
} as const

const [WIDTH, HEIGHT] = [720, 380]
const AREA = { left: 60, right: WIDTH - 110, top: 44, bottom: HEIGHT - 50 }

const TITLE = 'Seconds to mount files of 10 KB, 40 ms from the service'

const FILES = [1, 10, 50, 100, 200, 400]
const SECONDS = [0.1, 0.3, 1, 3, 10, 30]

/** @param curves from the lowest to the highest. An SVG: seconds against number of files, both on logarithmic axes, since one file by curl takes as long as ten by others. */
export function plot(curves: readonly Curve[], theme: Theme): string {
  const { text, grid, curves: colours } = COLOURS[theme]
  const x = scale(FILES, AREA.left, AREA.right)
  const y = scale(SECONDS, AREA.bottom, AREA.top)
  const columns = FILES.flatMap((files) => [
    line(x(files), AREA.top, x(files), AREA.bottom, grid),
    label(x(files), AREA.bottom + 20, 'middle', String(files)),
  ])
  const rows = SECONDS.flatMap((seconds) => [
    line(AREA.left, y(seconds), AREA.right, y(seconds), grid),
    label(AREA.left - 8, y(seconds) + 5, 'end', String(seconds)),
  ])
  const names: number[] = []
  const drawn = curves.flatMap(({ name, times }, index) => {
    const colour = colours[index % colours.length] ?? text
    const points = times.map(([files, seconds]) => [x(files), y(seconds)] as const)
    const [endX, endY] = points.at(-1) ?? [0, 0]
    // From the lowest curve up: a name that would stand on another one moves above it.
    names.push(Math.min(endY + 5, ...names.map((other) => other - 17)))
    return [
      `<polyline points="${points.map(([px, py]) => `${round(px)},${round(py)}`).join(' ')}" fill="none" stroke="${colour}" stroke-width="2.5"/>`,
      ...points.map(([px, py]) => `<circle cx="${round(px)}" cy="${round(py)}" r="4" fill="${colour}"/>`),
      `<text x="${round(endX + 10)}" y="${round(names.at(-1) ?? endY)}" fill="${colour}" font-weight="600">${name}</text>`,
    ]
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, sans-serif" font-size="14" fill="${text}">`,
    `<title>${TITLE}</title>`,
    label(AREA.left, 22, 'start', TITLE),
    label((AREA.left + AREA.right) / 2, HEIGHT - 8, 'middle', 'files'),
    ...columns,
    ...rows,
    ...drawn,
    '</svg>\n',
  ].join('\n')
}

/** Maps the range of the ticks onto that of the area, logarithmically. */
function scale(ticks: readonly number[], from: number, to: number): (value: number) => number {
  const [least, most] = [Math.log(Math.min(...ticks)), Math.log(Math.max(...ticks))]
  return (value) => from + ((Math.log(value) - least) / (most - least)) * (to - from)
}

function line(x1: number, y1: number, x2: number, y2: number, colour: string): string {
  return `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" stroke="${colour}"/>`
}

function label(x: number, y: number, anchor: 'start' | 'middle' | 'end', text: string): string {
  return `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${text}</text>`
}

function round(value: number): string {
  return value.toFixed(1)
}
