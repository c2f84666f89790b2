import { execFileSync } from 'node:child_process'
import { createHash, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before } from 'node:test'
import { root } from '../../../scripts/project.ts'

/** A page with a phone, and how it is served. */
export interface PlaceText {
  readonly head?: string
  readonly body?: string
  /** Header fields of the answer. */
  readonly headers?: Readonly<Record<string, string>>
}

const types: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css', '.json': 'text/json' }

/** A site that serves the bundles and its pages by http and by https, with the headers that each page asks for. */
export class PlacesSite {
  readonly #pages = new Map<string, PlaceText>()
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'att-phone-places-'))
  readonly #identity = this.#certificate()
  readonly #plain = createServer((request, response) => this.#answer(request, response))
  readonly #secure = createSecureServer(this.#identity, (request, response) => this.#answer(request, response))

  constructor() {
    before(async () => {
      for (const server of [this.#plain, this.#secure]) {
        server.listen(0, '127.0.0.1')
        await once(server, 'listening')
      }
    })
    after(() => {
      for (const server of [this.#plain, this.#secure]) {
        server.closeAllConnections()
        server.close()
      }
      rmSync(this.#folder, { recursive: true, force: true })
    })
  }

  /** Where it listens, by http. */
  get port(): number {
    return (this.#plain.address() as AddressInfo).port
  }

  /** Where it listens, by https with a certificate that nobody trusts. */
  get securePort(): number {
    return (this.#secure.address() as AddressInfo).port
  }

  /** What Chromium may trust that certificate by: the hash of its key (SPKI) in base64. */
  get fingerprint(): string {
    const { publicKey } = new X509Certificate(this.#identity.cert)
    return createHash('sha256')
      .update(publicKey.export({ type: 'spki', format: 'der' }))
      .digest('base64')
  }

  /** Address of a page on `host`. */
  page(text: PlaceText, { host = '127.0.0.1', secure = false } = {}): string {
    const name = `/${this.#pages.size + 1}.html`
    this.#pages.set(name, text)
    return secure ? `https://${host}:${this.securePort}${name}` : `http://${host}:${this.port}${name}`
  }

  /** Address of a page that has `url` in a frame with these attributes. */
  frame(url: string, attributes: string, at: { readonly host?: string; readonly secure?: boolean } = {}): string {
    return this.page({ body: `<iframe ${attributes} src="${url}"></iframe>`, headers: { 'X-Outside': '1' } }, at)
  }

  #certificate(): { key: Buffer; cert: Buffer } {
    const at = (name: string): string => path.join(this.#folder, name)
    const subject = ['-subj', '/CN=phone.test', '-addext', 'subjectAltName=DNS:phone.test,IP:127.0.0.1']
    const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
    execFileSync('openssl', ['req', ...kind, ...subject, '-keyout', at('key'), '-out', at('cert')], { stdio: 'ignore' })
    return { key: readFileSync(at('key')), cert: readFileSync(at('cert')) }
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname } = new URL(request.url ?? '/', 'http://places')
    if (pathname.startsWith('/cdn/')) return this.#bundle(pathname.slice(5), response)
    const page = this.#pages.get(pathname)
    // What asks for it is no page: it is told that nothing is there, as by a web site.
    if (!page) {
      response.writeHead(404).end()
      return
    }
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', ...page.headers })
    const start = '<!doctype html><html lang="en"><title>A place</title><link rel="icon" href="data:,">'
    response.end(`${start}${page.head ?? ''}<body>${page.body ?? ''}</body></html>`)
  }

  #bundle(name: string, response: ServerResponse): void {
    try {
      const file = path.join(root, 'dist/cdn', path.normalize(name))
      const body = readFileSync(file)
      const type = types[path.extname(file)] ?? 'application/octet-stream'
      // A sandboxed frame has no origin of its own, and needs leave for modules.
      response.writeHead(200, { 'Content-Type': type, 'Access-Control-Allow-Origin': '*' }).end(body)
    } catch {
      response.writeHead(404).end()
    }
  }
}
