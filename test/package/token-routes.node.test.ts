import assert from 'node:assert/strict'
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { createGateway, type Gateway } from '../../gateway/src/index.ts'
import { root } from '../../scripts/project.ts'
import { freePort } from '../e2e/harness.ts'
import { readPage } from './harness/code-blocks.ts'

const page = readPage('docs/token-routes.md')

/** The first block of this language, as it stands on the page. */
function block(language: string): string {
  const found = page.blocks.find((each) => each.language === language)
  assert.ok(found, `The page has no ${language}`)
  return found.text
}

/** A route as the page has it, and what its reader adds: who is signed in to the site, here by a header field. */
interface Route {
  readonly language: string
  readonly file: string
  readonly session: readonly [file: string, text: string]
  readonly command: (port: number) => readonly [string, ...string[]]
  /** What has to be there to run it. */
  readonly needs: readonly [string, ...string[]]
}

const routes: readonly Route[] = [
  {
    language: 'js',
    file: 'route.mjs',
    session: [
      'session.js',
      "exports.userOf = ({ headers }) => headers['x-who'] && { id: headers['x-who'], name: 'Alice' }\n",
    ],
    command: () => [process.execPath, 'route.mjs'],
    needs: [process.execPath, '--version'],
  },
  {
    language: 'php',
    file: 'route.php',
    session: [
      'session.php',
      "<?php function user_of() { $who = $_SERVER['HTTP_X_WHO'] ?? null; return $who ? ['id' => $who, 'name' => 'Alice'] : null; }\n",
    ],
    command: (port) => ['php', '-S', `127.0.0.1:${String(port)}`, 'route.php'],
    needs: ['php', '-r', 'exit(extension_loaded("openssl") ? 0 : 1);'],
  },
  {
    language: 'python',
    file: 'route.py',
    session: [
      'session.py',
      "from flask import request\ndef user_of():\n    who = request.headers.get('x-who')\n    return who and {'id': who, 'name': 'Alice'}\n",
    ],
    command: (port) => ['/usr/bin/python3', '-m', 'flask', '--app', 'route', 'run', '--port', String(port)],
    needs: ['/usr/bin/python3', '-c', 'import flask, jwt, cryptography'],
  },
]

for (const { language, file, session, command, needs } of routes) {
  const [program, ...args] = needs
  const isThere = (command: string, ...rest: readonly string[]) => spawnSync(command, rest).status === 0
  const missing =
    isThere(program, ...args) && isThere('openssl', 'version') ? false : 'what it is written for is not on this machine'

  describe(`the token route of the documentation, in ${language}`, { skip: missing }, () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'att-phone-route-'))
    let site = ''
    let running: ChildProcess
    let gateway: Gateway
    let origin = ''

    before(async () => {
      const [openssl = '', ...making] = block('sh').trim().split(' ')
      execFileSync(openssl, making, { cwd: folder, stdio: 'ignore' })
      writeFileSync(path.join(folder, file), block(language))
      writeFileSync(path.join(folder, session[0]), session[1])
      symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction')
      const port = await freePort()
      const [name, ...rest] = command(port)
      running = spawn(name, rest, { cwd: folder, env: { ...process.env, PORT: String(port) }, stdio: 'ignore' })
      site = `http://127.0.0.1:${String(port)}`
      while (!(await fetch(`${site}/keys`).catch(() => null))) {
        assert.equal(running.exitCode, null, 'The route has ended')
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      const tokenIssuer = { jwksUrl: `${site}/keys`, issuer: 'https://www.example.com', audience: 'phone' }
      gateway = createGateway({ port: 0, domain: 'example.com', tokenIssuer })
      origin = await gateway.listen()
    })
    after(async () => {
      await gateway.close()
      running.kill()
      await once(running, 'exit')
      rmSync(folder, { recursive: true })
    })

    const signIn = (token: string): Promise<Response> =>
      fetch(new URL('RTC/v1/sessions', origin), {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ session: { extensions: true } }),
      })

    it('gives who is signed in to the site a token that opens a session', async () => {
      const response = await fetch(`${site}/my-token`, { headers: { 'x-who': 'alice' } })
      assert.equal(response.status, 200)
      assert.equal(response.headers.get('cache-control'), 'no-store')
      const token = await response.text()
      assert.equal((await signIn(token)).status, 201)
      const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { exp: number }
      assert.ok(Math.abs(claims.exp - Date.now() / 1000 - 300) < 60)
      // The signature is what counts.
      const [head = '', , signature = ''] = token.split('.')
      const mallory = Buffer.from(JSON.stringify({ ...claims, sub: 'mallory' })).toString('base64url')
      assert.equal((await signIn([head, mallory, signature].join('.'))).status, 401)
    })

    it('gives nobody else one', async () => {
      const signedOut = await fetch(`${site}/my-token`)
      const elsewhere = await fetch(`${site}/elsewhere`, { headers: { 'x-who': 'alice' } })
      assert.equal(signedOut.status, 401)
      assert.ok([401, 404].includes(elsewhere.status))
      // Each part of a token that is JSON begins so.
      for (const response of [signedOut, elsewhere]) assert.doesNotMatch(await response.text(), /eyJ/)
    })

    it('publishes no part of the key that is secret', async () => {
      const text = await (await fetch(`${site}/keys`)).text()
      const { keys } = JSON.parse(text) as { keys: readonly Record<string, string>[] }
      assert.deepEqual([keys.length, ...['d', 'p', 'q'].filter((part) => part in (keys[0] ?? {}))], [1])
    })
  })
}
