import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'

/** The programs the tests talk to, and where Debian has them. */
const programs = {
  kamailio: ['kamailio', 'kamailio-websocket-modules', 'kamailio-extra-modules', 'kamailio-tls-modules'],
  rtpengine: ['rtpengine'],
  baresip: ['baresip-core'],
  linphonec: ['linphone-cli'],
  sipp: ['sip-tester'],
  turnserver: ['coturn'],
  openssl: ['openssl'],
  janus: ['janus'],
  nginx: ['nginx-light'],
  haproxy: ['haproxy'],
  apache2: ['apache2-bin'],
  caddy: ['caddy'],
  varnishd: ['varnish'],
  lighttpd: ['lighttpd', 'lighttpd-mod-openssl'],
} as const

const isInstalled = (program: string): boolean =>
  ['/usr/bin', '/usr/sbin', '/usr/local/bin', '/usr/local/sbin'].some((folder) => existsSync(`${folder}/${program}`)) &&
  // Its modules are packages of their own.
  (program !== 'kamailio' ||
    ['websocket.so', 'tls.so'].every((name) => existsSync(`${modulesOf('kamailio')}/${name}`))) &&
  (program !== 'lighttpd' || existsSync('/usr/lib/lighttpd/mod_openssl.so'))

/** What of it is missing on this machine. */
export function missingPrograms(): readonly string[] {
  return Object.keys(programs).filter((program) => !isInstalled(program))
}

/**
 * Sees to it that the servers are there: as root on Debian it installs them.
 *
 * @throws {Error} elsewhere, saying what to install
 */
export function requirePrograms(): void {
  const missing = missingPrograms()
  if (missing.length === 0) return
  const packages = missing.flatMap((program) => [...programs[program as keyof typeof programs]])
  if (!existsSync('/etc/debian_version') || process.getuid?.() !== 0) {
    throw new Error(`Missing: ${missing.join(', ')}. On Debian: apt-get install ${packages.join(' ')}`)
  }
  const apt = (...args: readonly string[]): void => {
    // A package must not start its service: the tests start their own.
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }
    const { status } = spawnSync('apt-get', ['-qq', ...args], { stdio: 'inherit', env })
    if (status !== 0) throw new Error(`apt-get ${args.join(' ')} ended with ${String(status)}`)
  }
  apt('update')
  apt('install', '-y', '--no-install-recommends', ...packages)
}

/** The folder of modules of a program, for any architecture. */
export const modulesOf = (program: 'kamailio' | 'baresip'): string => librariesOf(`${program}/modules`)

/** A folder of libraries, for any architecture. */
export function librariesOf(name: string): string {
  // Debian has some below the name of the architecture.
  const libraries = ['/usr/lib', ...readdirSync('/usr/lib').map((folder) => `/usr/lib/${folder}`)]
  const folder = libraries.map((library) => `${library}/${name}`).find((path) => existsSync(path))
  if (!folder) throw new Error(`${name} is not below /usr/lib`)
  return folder
}
