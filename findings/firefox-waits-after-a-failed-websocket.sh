#!/usr/bin/env bash
# Firefox ESR 153.8.0, with Chromium 156 beside it; ws 8.20.0, puppeteer-core 25.16.0, 30 November 2026.
#
# How long a WebSocket takes to open at a server that is there, after others to the same address failed, because nobody
# listened at its port or it answered 404, beside one that opened before any failed.
#
#   chromium: after 6 answers of 404, at another path at once
#   chromium: after 6 answers of 404 at once
#   chromium: after 6 times without a listener at once
#   firefox: after 6 answers of 404, at another path at once
#   firefox: after 6 answers of 404 later
#   firefox: after 6 times without a listener later
#
# Why it matters here: a gateway that restarts refuses for a while. A page that tries by WebSocket until it is back is
# let in late by Firefox, though the gateway has been there for seconds. So a page asks by HTTP first, and opens a
# WebSocket when that was answered.
#
# `later` is at least half a second, and ten times as long as the one before. Fails when any of it changes.
set -euo pipefail
described=$(sed -n 's/^#   //p' "$0")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund puppeteer-core@25.16.0 ws@8.20.0 >/dev/null
cat > run.mjs <<'RUN'
import http from 'node:http'
import puppeteer from 'puppeteer-core'
import { WebSocketServer } from 'ws'

const times = 6
const page = (_request, reply) => reply.setHeader('content-type', 'text/html').end('<!doctype html><title>x</title>')
for (const [browser, executablePath] of [
  ['chrome', '/usr/bin/chromium'],
  ['firefox', '/usr/bin/firefox-esr'],
]) {
  let isGone = false
  const start = async (port) => {
    const server = http.createServer(page)
    const sockets = new WebSocketServer({ noServer: true })
    server.on('upgrade', (request, socket, head) => {
      if (isGone) socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n')
      else sockets.handleUpgrade(request, socket, head, (open) => open.on('error', () => {}))
    })
    await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve))
    return server
  }
  const stop = (server) =>
    new Promise((resolve) => {
      server.close(resolve)
      server.closeAllConnections()
    })
  const args = browser === 'chrome' ? ['--no-sandbox'] : []
  const running = await puppeteer.launch({ browser, executablePath, headless: true, args })
  const window = await running.newPage()
  window.setDefaultTimeout(0)
  const take = (count, path = '/there') =>
    window.evaluate(async (times, at) => {
      let took = 0
      for (let n = 0; n < times; n++) {
        const begun = performance.now()
        await new Promise((resolve) => {
          const socket = new WebSocket(location.origin.replace('http', 'ws') + at)
          socket.onopen = () => (socket.close(), resolve())
          socket.onerror = resolve
        })
        took = performance.now() - begun
      }
      return took
    }, count, path)
  const name = browser === 'chrome' ? 'chromium' : browser
  const judge = (what, before, after) => {
    console.log(`${name}: after ${times} ${what} ${after >= 500 && after >= 10 * before ? 'later' : 'at once'}`)
    console.error(`${name}: ${before.toFixed()} ms before, ${after.toFixed()} ms after`)
  }

  let server = await start(0)
  const { port } = server.address()
  await window.goto(`http://127.0.0.1:${port}/`)
  let before = await take(1)
  isGone = true
  await take(times)
  isGone = false
  judge('answers of 404, at another path', before, await take(1, '/elsewhere'))
  judge('answers of 404', before, await take(1))

  before = await take(1)
  await stop(server)
  await take(times)
  server = await start(port)
  judge('times without a listener', before, await take(1))
  await running.close()
  await stop(server)
}
RUN
seen=$(node run.mjs)
echo "$seen"
[ "$seen" = "$described" ] || { echo "It has changed. Before:"; echo "$described"; exit 1; }
