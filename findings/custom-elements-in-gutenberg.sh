#!/usr/bin/env bash
# Gutenberg: @wordpress/blocks 15.27.0, @wordpress/block-library 9.38.0; React 18.3.1, Chromium 156, esbuild 0.28.2,
# puppeteer-core 25.16.0, 30 November 2026.
#
# What the editor of WordPress leaves of two custom elements, by the way they come into it.
#
#   in an HTML block: phone call-button
#   in the text of a paragraph: call-button
#   written without blocks: phone call-button
#   written without blocks, made into blocks: phone call-button
#   pasted: text
#
# Why it matters here: a phone in a page is two such tags. Pasting drops both, so docs/cms.md says: an HTML block.
# (On the server WordPress filters again, by its own wp_kses, for users without `unfiltered_html`: not tried here.)
#
# Fails when any of it changes.
set -euo pipefail
described=$(sed -n 's/^#   //p' "$0")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --legacy-peer-deps esbuild@0.28.2 puppeteer-core@25.16.0 react@18.3.1 \
  react-dom@18.3.1 @wordpress/blocks@15.27.0 @wordpress/block-library@9.38.0 >/dev/null
cat > input.js <<'INPUT'
// A tag without content that stands alone, and one with text within a paragraph; addresses and numbers as people write them.
export const html =
  '<x-phone server="wss://pbx.example/ws" user-id="1001@example.com"></x-phone>' +
  '<p>Hi <x-call-button to="+18005550199">Call us</x-call-button> there</p>'

/** What of it is left in a markup: `phone` and `button` with all they had, `phone…` where attributes or text differ. */
export function left(markup) {
  const { body } = new DOMParser().parseFromString(markup, 'text/html')
  const is = (name, attributes, text) => {
    const element = body.querySelector(`x-${name}`)
    if (!element) return []
    const same = Object.entries(attributes).every(([key, value]) => element.getAttribute(key) === value)
    return [same && element.textContent === text ? name : `${name}…`]
  }
  const found = [
    ...is('phone', { server: 'wss://pbx.example/ws', 'user-id': '1001@example.com' }, ''),
    ...is('call-button', { to: '+18005550199' }, 'Call us'),
  ]
  return found.join(' ') || (body.textContent.includes('Call us') ? 'text' : 'nothing')
}
INPUT
cat > gutenberg.js <<'GUTENBERG'
import { parse, pasteHandler, rawHandler, serialize } from '@wordpress/blocks'
import { registerCoreBlocks } from '@wordpress/block-library'
import { html, left } from './input.js'

registerCoreBlocks()
const again = (markup) => serialize(parse(markup))
const asText = (result) => (typeof result === 'string' ? result : serialize(result))
const paragraph = html.slice(html.indexOf('<p>'))
const seen = {
  'in an HTML block': again(`<!-- wp:html -->\n${html}\n<!-- /wp:html -->`),
  'in the text of a paragraph': again(`<!-- wp:paragraph -->\n${paragraph}\n<!-- /wp:paragraph -->`),
  'written without blocks': again(html),
  'written without blocks, made into blocks': serialize(rawHandler({ HTML: html })),
  'pasted': asText(pasteHandler({ HTML: html, mode: 'AUTO' })),
}
window.seen = Promise.resolve(Object.fromEntries(Object.entries(seen).map(([name, markup]) => [name, left(markup)])))
GUTENBERG
cat > run.mjs <<'RUN'
import { readFile } from 'node:fs/promises'
import http from 'node:http'
import { build } from 'esbuild'
import puppeteer from 'puppeteer-core'

const [, , executablePath, ...names] = process.argv
await build({
  entryPoints: names.map((name) => `${name}.js`),
  bundle: true,
  format: 'esm',
  outdir: 'out',
  logLevel: 'error',
  define: { 'process.env.NODE_ENV': '"production"' },
})
const server = http.createServer(async (request, reply) => {
  const [, name, ending] = /^\/(\w+)\.(js|html)$/.exec(request.url) ?? []
  if (!name) return reply.writeHead(404).end()
  reply.setHeader('content-type', ending === 'js' ? 'text/javascript' : 'text/html')
  reply.end(
    ending === 'js'
      ? await readFile(`out/${name}.js`)
      : `<!doctype html><title>x</title><body><script type="module" src="/${name}.js"></script>`,
  )
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const browser = await puppeteer.launch({ executablePath, args: ['--no-sandbox'] })
for (const name of names) {
  const page = await browser.newPage()
  page.on('pageerror', (error) => console.error(error.message))
  await page.goto(`http://127.0.0.1:${server.address().port}/${name}.html`)
  const seen = await page.evaluate(() => window.seen)
  for (const [what, is] of Object.entries(seen)) console.log(`${what}: ${is}`)
}
await browser.close()
server.close()
RUN
node run.mjs "$(command -v chromium || command -v google-chrome)" gutenberg | tee seen
if diff <(echo "$described") seen; then echo 'As described.'; else echo 'The behaviour has changed.'; exit 1; fi
