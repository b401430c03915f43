/** A headless Chromium that takes pictures of pages, and tells what the pages asked the network for. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Marked } from 'marked'
import markedAlert from 'marked-alert'

export const THEMES = { light: '#ffffff', dark: '#0d1117' } as const

export type Theme = keyof typeof THEMES

export interface Picture {
  /** Where the PNG goes. */
  readonly file: string
  /** In pixels. */
  readonly height: number
}

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** Without its own requests, and without a way out for those of a page: a page must not need any. */
const FLAGS = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--hide-scrollbars'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
  ...['--host-resolver-rules=MAP * ~NOTFOUND', '--force-device-scale-factor=1'],
]

/** The Chromium that `CHROMIUM` names, or the first one on the PATH; undefined if there is none. */
export function findChromium(): string | undefined {
  if (process.env.CHROMIUM) return process.env.CHROMIUM
  const folders = (process.env.PATH ?? '').split(path.delimiter)
  return folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name))).find((file) => existsSync(file))
}

/** A page that shows Markdown as GitHub does. */
export function pageOf(markdown: string, theme: Theme): string {
  const css = createRequire(import.meta.url).resolve(`github-markdown-css/github-markdown-${theme}.css`)
  const body = new Marked(markedAlert()).parse(markdown, { async: false })
  return `<!doctype html><meta charset="utf-8"><style>${readFileSync(css, 'utf8')}
    body { margin: 0; background: ${THEMES[theme]} } .markdown-body { padding: 24px; max-width: 980px }</style>
    <article class="markdown-body">${body}</article>`
}

/** Takes the picture of a page. Returns the addresses that the page asked for, whether or not there was an answer. */
export function takePicture(chromium: string, page: string, picture: Picture): readonly string[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'pictures-'))
  try {
    const [file, log] = [path.join(folder, 'page.html'), path.join(folder, 'net-log.json')]
    writeFileSync(file, page)
    const { status, stderr } = spawnSync(
      chromium,
      [
        ...FLAGS,
        `--user-data-dir=${path.join(folder, 'profile')}`,
        `--window-size=1020,${picture.height}`,
        `--screenshot=${picture.file}`,
        `--log-net-log=${log}`,
        file,
      ],
      { encoding: 'utf8' },
    )
    if (status !== 0) throw new Error(`${chromium} ended with ${status}: ${stderr}`)
    return requestsIn(readFileSync(log, 'utf8'))
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

interface NetLog {
  readonly constants: { readonly logEventTypes: Readonly<Record<string, number>> }
  readonly events: readonly {
    readonly type: number
    readonly params?: { readonly url?: string; readonly initiator?: string }
  }[]
}

/** The browser's own requests have no origin. */
function requestsIn(netLog: string): readonly string[] {
  const { constants, events } = JSON.parse(netLog) as NetLog
  const start = constants.logEventTypes.URL_REQUEST_START_JOB
  return events.flatMap(({ type, params }) =>
    type === start && params?.url !== undefined && params.initiator !== 'not an origin' ? [params.url] : [],
  )
}
