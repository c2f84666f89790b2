import { spawn } from 'node:child_process'
import path from 'node:path'
import { build } from './build.ts'
import { root, servedFolders } from './project.ts'

/*
 * Builds what is missing or stale, then serves the demo pages, the bundles under /cdn/ and the gateway on one port.
 * PORT (8080) and HOST (127.0.0.1) say where; the gateway prints the address when it is ready. Tokens for the asking,
 * which the demo pages use, are given on loopback only. GUEST_ALLOW (on loopback alice and bob) says whom guests may call.
 */

const port = process.env['PORT'] ?? '8080'
const host = process.env['HOST'] ?? '127.0.0.1'
const loopback = ['127.0.0.1', '::1', 'localhost'].includes(host)

// With types, so that a project beside this one can install it from here.
await build(['gateway', 'cdn', 'modules'])

/** Whom visitors without an account may call, as the pages of the demo are called; on this machine alone. */
const guestAllow = process.env['GUEST_ALLOW'] ?? (loopback ? 'alice,bob' : '')
if (guestAllow) console.log(`guests may call: GUEST_ALLOW=${guestAllow}`)

const gateway = spawn(
  process.execPath,
  [path.join(root, 'gateway/dist/cli.js'), ...servedFolders.flatMap((folder) => ['--serve', folder])],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PORT: port, HOST: host, GUEST_ALLOW: guestAllow, ...(loopback && { DEV_TOKENS: '1' }) },
  },
)
// A terminal's Ctrl-C reaches the gateway by itself; a signal sent to this process alone does not.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => gateway.kill(signal))
gateway.once('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1)))
