import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { root } from '../../../scripts/project.ts'
import { freePort } from '../../e2e/harness/free-port.ts'
import { read } from './ask.ts'
import { makeCertificate } from './certificate.ts'
import { Child } from './child.ts'

/** The page that the configurations stand in. */
const page = readFileSync(path.join(root, 'docs/gateway-behind-a-proxy.md'), 'utf8')

/** The first block of code in this language below the heading of a proxy, as it is written. */
export function documented(heading: string, language: string): string {
  const section = page.split(/^## /m).find((part) => part.startsWith(`${heading}\n`))
  const block = section?.split(`\`\`\`${language}\n`)[1]?.split('\n```')[0]
  if (block === undefined) throw new Error(`docs/gateway-behind-a-proxy.md has no ${language} block below ${heading}`)
  return `${block}\n`
}

/** Where a configuration differs from the page: ports, files, and for some tests the timeout. */
interface Values {
  readonly port: number
  readonly gateway: number
  readonly folder: string
  /** How long a connection may be silent, in seconds. */
  readonly timeout: number
}

/** How a proxy is started with the configuration of the page. */
interface Recipe {
  readonly heading: string
  readonly language: string
  /** Whether it speaks TLS. */
  readonly secure: boolean
  /** Whether it ends a connection that is silent for too long. */
  readonly endsSilence: boolean
  /** Writes what stands around the configuration, as Debian has it; returns command and arguments. */
  readonly start: (file: string, values: Values) => readonly [command: string, ...args: string[]]
}

const write = (folder: string, name: string, text: string): string => {
  const file = path.join(folder, name)
  writeFileSync(file, text)
  return file
}

const apacheModules = ['mpm_event', 'authz_core', 'socache_shmcb', 'ssl', 'http2', 'proxy', 'proxy_http', 'headers']

export const recipes = {
  nginx: {
    heading: 'nginx',
    language: 'nginx',
    secure: true,
    endsSilence: true,
    start(file, { folder }) {
      const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
        .map((name) => `${name}_temp_path ${folder}/${name};`)
        .join('\n')
      const around = `daemon off;\nuser root;\npid ${folder}/pid;\nerror_log stderr;\nevents {}\n`
      return [
        'nginx',
        '-c',
        write(folder, 'nginx.conf', `${around}http {\naccess_log off;\n${places}\ninclude ${file};\n}\n`),
      ]
    },
  },
  haproxy: {
    heading: 'HAProxy',
    language: 'haproxy',
    secure: true,
    endsSilence: true,
    start: (file) => ['haproxy', '-db', '-f', file],
  },
  apache: {
    heading: 'Apache',
    language: 'apache',
    secure: true,
    endsSilence: true,
    start(file, { folder, port }) {
      const modules = apacheModules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`)
      const around = [
        ...modules,
        `ServerRoot ${folder}`,
        `DefaultRuntimeDir ${folder}`,
        `PidFile ${folder}/pid`,
        'ErrorLog "|$cat >&2"',
        'ServerName localhost',
        `Listen ${port}`,
        `Include ${file}`,
      ]
      return ['apache2', '-X', '-f', write(folder, 'apache2.conf', `${around.join('\n')}\n`)]
    },
  },
  caddy: {
    heading: 'Caddy',
    language: 'caddy',
    secure: true,
    endsSilence: false,
    start(file, { folder, port }) {
      const own = [
        'admin off',
        'local_certs',
        'skip_install_trust',
        'auto_https disable_redirects',
        `https_port ${port}`,
      ]
      const options = `{\n${own.join('\n')}\nstorage file_system ${folder}\n}\n`
      const config = write(folder, 'with-options', `${options}import ${file}\n`)
      return ['caddy', 'run', '--adapter', 'caddyfile', '--config', config]
    },
  },
  varnish: {
    heading: 'Varnish',
    language: 'vcl',
    secure: false,
    endsSilence: true,
    start(file, { folder, port, timeout }) {
      const words = documented('Varnish', 'sh')
        .trim()
        .replace(/:80\b/, `127.0.0.1:${port}`)
        .replace(/\/etc\/varnish\/default\.vcl/, file)
        .replace(/=60$/, `=${timeout}`)
        .split(' ')
      return [words[0] ?? '', ...words.slice(1), '-F', '-j', 'none', '-n', path.join(folder, 'work')]
    },
  },
  lighttpd: {
    heading: 'lighttpd',
    language: 'lighttpd',
    secure: true,
    endsSilence: true,
    start(file, { folder, port }) {
      mkdirSync(path.join(folder, 'pages'))
      const around = [
        `server.document-root = "${folder}/pages"`,
        `server.port = ${port}`,
        `server.upload-dirs = ( "${folder}" )`,
        'server.http-parseopts = ( "url-path-2f-decode" => "enable" )',
        `include "${file}"`,
      ]
      return ['lighttpd', '-D', '-f', write(folder, 'lighttpd.conf', `${around.join('\n')}\n`)]
    },
  },
} as const satisfies Readonly<Record<string, Recipe>>

export type ProxyName = keyof typeof recipes

/** Fills the values in. What is not there to be replaced is a configuration that this test does not understand. */
function filled(
  text: string,
  { port, gateway, folder, timeout }: Values,
  { secure }: Recipe,
  listens: boolean,
): string {
  const replace = (from: string, wanted: RegExp, to: string): string => {
    if (!wanted.test(from)) throw new Error(`The configuration has no ${String(wanted)}:\n${from}`)
    return from.replace(wanted, to)
  }
  let config = replace(text, /\b8080\b/g, String(gateway))
  if (listens) config = replace(config, /\b443\b/g, String(port))
  if (listens && secure) config = replace(config, /\/etc\/ssl\/phone\.example\.com\//g, `${folder}/`)
  return config.replace(/\b60(?=s?\b)/g, String(timeout))
}

export interface ProxyOptions {
  /** Port of the gateway. */
  readonly gateway: number
  /** How long a connection may be silent, in seconds. Default: what the page says. */
  readonly timeout?: number
  /** Changes the configuration of the page. */
  readonly change?: (config: string) => string
}

/** A real proxy that stands before a gateway with the configuration of the page. */
export class Proxy {
  private constructor(
    readonly child: Child,
    /** How browsers reach it; ends with `/`. */
    readonly url: string,
    readonly folder: string,
  ) {}

  static async start(
    name: ProxyName,
    { gateway, timeout = 60, change = (same) => same }: ProxyOptions,
  ): Promise<Proxy> {
    const recipe: Recipe = recipes[name]
    const folder = mkdtempSync(path.join(tmpdir(), `att-phone-${name}-`))
    // Some of them work as a user of their own.
    chmodSync(folder, 0o755)
    const values = { port: await freePort(), gateway, folder, timeout }
    makeCertificate(folder)
    const [key = '', certificate = ''] = ['key', 'certificate'].map((name) =>
      readFileSync(path.join(folder, `${name}.pem`), 'utf8'),
    )
    write(folder, 'privkey.pem', key)
    write(folder, 'fullchain.pem', certificate)
    write(folder, 'both.pem', key + certificate)
    const text = change(documented(recipe.heading, recipe.language))
    const file = write(folder, 'phone.conf', filled(text, values, recipe, /\b443\b/.test(text)))
    const [command, ...args] = recipe.start(file, values)
    const url = recipe.secure ? `https://phone.example.com:${values.port}/` : `http://127.0.0.1:${values.port}/`
    const proxy = new Proxy(Child.start(command, args, { cwd: folder }), url, folder)
    await proxy.child.until(async () => {
      const { status } = await read(`${url}healthz`)
      if (status !== 200) throw new Error(`It answers ${status}`)
    }, 30_000)
    return proxy
  }

  async stop(): Promise<void> {
    await this.child.stop()
    rmSync(this.folder, { recursive: true, force: true })
  }
}
