import assert from 'node:assert/strict'
import { cpSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { browserNames, useBrowser, useServer, type BrowserWindow } from '../e2e/harness.ts'
import { callsEchoByHand } from './harness/calls-echo-by-hand.ts'
import { readPage } from './harness/code-blocks.ts'
import { Consumer, pack, tools } from './harness/consumer.ts'

const components = readPage('docs/frameworks.md').blocks.filter(({ language }) => language === 'tsx')

/** The page that the documentation gives for Next, and its component for React with server rendering. */
const [firstPage = '', recipe = ''] = components.map(({ text }) => text)

/** It, for a user of the gateway of this test: the addresses alone are others, and its token is a file beside it. */
function recipeOf(user: string, folder: string, gateway: string): string {
  const address = new URL(gateway).origin
  const own = recipe
    .replace('https://gateway.example', address)
    .replace('alice@example.com', user)
    .replace("'/my-token'", `'${folder}${user}.token'`)
  for (const changed of [`server="${address}"`, `user-id="${user}"`, `${user}.token`])
    assert(own.includes(changed), changed)
  return own
}

const users = ['alice', 'bob'] as const

/** Both users talk, each by a page that its framework hydrated: properties and handlers reached the tag. */
async function talk(alice: BrowserWindow, bob: BrowserWindow): Promise<void> {
  for (const window of [alice, bob]) {
    await window.evaluate(() => {
      const { log } = console
      console.log = (...words: unknown[]) => {
        document.body.dataset['logged'] = words.join(' ')
        log(...words)
      }
    })
    // Without its credentials it would not be signed in.
    await window.until('ready', () => document.querySelector('att-phone')?.getAttribute('state') === 'ready')
  }
  await alice.evaluate(() => {
    void document.querySelector('att-phone')?.phone?.dial({ destination: 'bob', mediaType: 'audio' })
  })
  await bob.until('ringing', () => document.querySelector('att-phone')?.getAttribute('state') === 'incoming')
  await bob.evaluate(() => {
    void document.querySelector('att-phone')?.phone?.answer({ mediaType: 'audio' })
  })
  // The handler of the component writes who calls.
  const heard = await bob.until('the handler', () => document.body.dataset['logged'])
  assert.match(heard, /alice/)
}

/** Writes the token of each user where its page asks for it. */
async function writeTokens(project: Consumer, folder: string, gateway: string): Promise<void> {
  for (const userId of users) {
    const reply = await fetch(new URL('tokens', gateway), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ userId }),
    })
    const { access_token: token } = (await reply.json()) as { access_token: string }
    project.write(`${folder}/${userId}.token`, token)
  }
}

describe('a page that was rendered on a server', () => {
  const project = new Consumer()
  after(() => project.remove())

  before(async () => {
    const { file } = await pack(project.folder)
    await project.install(file)
    // Copied, for the bundler of Next follows no link that leaves the project; last, for npm removes what it did not install.
    cpSync(path.join(await tools('hydration'), 'node_modules'), path.join(project.folder, 'node_modules'), {
      recursive: true,
      verbatimSymlinks: true,
    })
    // The server wants the folders that it serves.
    for (const folder of ['react', 'next']) project.write(`${folder}/out/robots.txt`, '')
  })

  const server = useServer({ serve: [`/react/=${project.folder}/react/out`, `/next/=${project.folder}/next/out`] })
  const browser = browserNames[0]
  assert(browser, 'Pages are hydrated in a browser')
  const open = useBrowser(browser)
  const window = (name: string): Promise<BrowserWindow> => open(new URL(name, server().url).href)

  it('has its properties and handlers by the documented component: React', async () => {
    for (const user of users) {
      project.write(`react/${user}.tsx`, recipeOf(user, '/react/', server().url))
      project.write(
        `react/${user}-server.tsx`,
        `import { renderToString } from 'react-dom/server'\nimport { Phone } from './${user}'\nprocess.stdout.write(renderToString(<Phone />))\n`,
      )
      project.write(
        `react/${user}-client.tsx`,
        `import { hydrateRoot } from 'react-dom/client'\nimport { Phone } from './${user}'\nconst root = document.querySelector('main')\nif (root) hydrateRoot(root, <Phone />, { onRecoverableError: console.error })\n`,
      )
    }
    const esbuild = path.join(await tools('bundlers'), 'node_modules/.bin/esbuild')
    const options = ['--bundle', '--format=esm', '--jsx=automatic', '--log-level=error']
    const both = (ending: string): readonly string[] => users.map((user) => `react/${user}-${ending}.tsx`)
    await project.run(esbuild, [...both('client'), ...options, '--splitting', '--outdir=react/out'])
    const onServer = ['--platform=node', '--packages=external', '--outdir=react/server']
    await project.run(esbuild, [...both('server'), ...options, ...onServer])
    for (const user of users) {
      const markup = await project.node(`react/server/${user}-server.js`)
      assert.match(markup, /<att-phone server=/)
      project.write(
        `react/out/${user}.html`,
        `<!doctype html><html lang="en"><meta charset="utf-8"><title>React</title><link rel="icon" href="data:,"><main>${markup}</main><script type="module" src="./${user}-client.js"></script></html>`,
      )
    }
    await writeTokens(project, 'react/out', server().url)
    await talk(await window('react/alice.html'), await window('react/bob.html'))
  })

  it('has its properties and handlers by the documented component: Next', async () => {
    project.write('next/package.json', JSON.stringify({ private: true }))
    // Every page of it is rendered by the server of Next while it is built, and hydrated in the browser.
    project.write(
      'next/next.config.mjs',
      `export default { output: 'export', basePath: '/next', turbopack: { root: ${JSON.stringify(project.folder)} } }`,
    )
    project.write(
      'next/app/layout.tsx',
      `import type { ReactNode } from 'react'\nexport default function Layout({ children }: { children: ReactNode }) {\n  return <html lang="en"><head><link rel="icon" href="data:," /></head><body>{children}</body></html>\n}\n`,
    )
    for (const user of users) {
      project.write(`next/app/${user}/phone.tsx`, recipeOf(user, '/next/', server().url))
      project.write(
        `next/app/${user}/page.tsx`,
        `import { Phone } from './phone'\nexport default function Page() {\n  return <Phone />\n}\n`,
      )
    }
    project.write('next/app/first/page.tsx', firstPage)
    const next = path.join(project.folder, 'node_modules/next/dist/bin/next')
    await project.node(next, 'build', 'next')
    for (const user of users)
      assert.match(readFileSync(path.join(project.folder, `next/out/${user}.html`), 'utf8'), /<att-phone server=/)
    await writeTokens(project, 'next/out', server().url)
    await talk(await window('next/alice.html'), await window('next/bob.html'))
    await callsEchoByHand(await window('next/first.html'))
  })
})
