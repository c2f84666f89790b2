import type {} from '../../../elements/index.ts'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after } from 'node:test'
import { version } from '../../../src/base/version.ts'
import { root } from '../../../scripts/project.ts'
import type { BrowserWindow } from './browser-window.ts'

/** What an author writes into a page. */
export interface PageText {
  readonly head?: string
  readonly body?: string
  readonly lang?: string
  /** A content security policy. */
  readonly policy?: string
}

/** Folder of the built bundles. */
const cdn = path.join(root, 'dist/cdn')

interface Published {
  readonly 'integrity.json': { readonly version: string; readonly files: Readonly<Record<string, string>> }
  readonly 'import-map.json': {
    readonly imports: Readonly<Record<string, string>>
    readonly integrity: Readonly<Record<string, string>>
  }
}

/** What the build published beside the bundles. */
export function published<File extends keyof Published>(file: File): Published[File] {
  return JSON.parse(readFileSync(path.join(cdn, file), 'utf8')) as Published[File]
}

/** A site of pages that a test writes, with bundles beside those under `/cdn/`. */
export class Site {
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'att-phone-site-'))
  #pages = 0

  /** What the server has to serve. */
  readonly serve: readonly string[] = [`/site/=${this.#folder}`]

  constructor() {
    after(() => rmSync(this.#folder, { recursive: true, force: true }))
  }

  /** Writes a page; returns its path. */
  page({ head = '', body = '', lang = 'en', policy }: PageText): string {
    const name = `${++this.#pages}.html`
    const rule = policy
      ? `<meta http-equiv="Content-Security-Policy" content="${policy}">`
      : '<link rel="icon" href="data:,">'
    const start = `<!doctype html><html lang="${lang}"><meta charset="utf-8"><title>Page ${this.#pages}</title>`
    writeFileSync(path.join(this.#folder, name), `${start}${rule}${head}<body>${body}</body></html>`)
    return `/site/${name}`
  }

  /** A file of the site, a script for example; returns its path. */
  file(name: string, text: string): string {
    writeFileSync(path.join(this.#folder, name), text)
    return `/site/${name}`
  }

  /** A second copy of the bundles under another address, of this version or of another; returns its path. */
  copyOfBundles(name: string, otherVersion?: string): string {
    const folder = path.join(this.#folder, name)
    cpSync(cdn, folder, { recursive: true, filter: (file) => !/\.(map|br)$/.test(file) })
    if (otherVersion) {
      for (const file of Object.keys(published('integrity.json').files)) {
        const at = path.join(folder, file)
        writeFileSync(at, readFileSync(at, 'utf8').replaceAll(version, otherVersion))
      }
    }
    return `/site/${name}/`
  }
}

/** Resolves when the first phone of the page can call. */
export async function signedIn(window: BrowserWindow): Promise<void> {
  await window.until('the phone is ready', () => document.querySelector('att-phone')?.getAttribute('state') === 'ready')
}

/** Makes the first phone of the page call, and resolves when it, and each of these tags, shows that it rings. */
export async function rings(window: BrowserWindow, ...tags: readonly string[]): Promise<void> {
  await signedIn(window)
  await window.evaluate(() => {
    void document.querySelector('att-phone')?.phone?.dial({ destination: 'noanswer', mediaType: 'audio' })
  })
  for (const tag of ['att-phone', ...tags]) {
    await window.until(
      `<${tag}> rings`,
      (name) => document.querySelector(name)?.getAttribute('state') === 'ringing',
      tag,
    )
  }
}

/** Which scripts of a folder the page has loaded. */
export function scriptsOf(window: BrowserWindow, folder = '/cdn/'): Promise<readonly string[]> {
  return window.evaluate(
    (prefix) =>
      performance
        .getEntriesByType('resource')
        .map(({ name }) => new URL(name).pathname)
        .filter((file) => file.startsWith(prefix) && file.endsWith('.js'))
        .map((file) => file.slice(prefix.length)),
    folder,
  )
}
