#!/usr/bin/env bash
# Firefox 153.8.0 ESR (and Chromium 156 for comparison), puppeteer-core 24.10.0, 29 November 2026.
#
# A connection that is up gets an offer of ANOTHER far side: new ICE credentials and a new DTLS fingerprint, the same
# sections. Both browsers take the offer and answer it with new credentials. In Chromium sound flows with the new far
# side; in Firefox the connection never comes up again, and nothing says so but its state.
#
#   chromium: answered true, heard true     firefox: answered true, heard false
#
# Why it matters here: a client of the original protocol has no other way to be transferred, or to stay in a call that
# the other side moves. The gateway does it, but not for browsers of Firefox: their call would be lost.
#
# Fails when Firefox hears the new far side: then `fixedFarSide` can go.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent puppeteer-core@24.10.0 >/dev/null
firefox=$(command -v firefox-esr || command -v firefox)
chromium=$(command -v chromium || command -v google-chrome)
cat > probe.mjs <<'PROBE'
import http from 'node:http'
import puppeteer from 'puppeteer-core'

const server = http.createServer((_request, reply) => reply.setHeader('content-type', 'text/html').end('<title>x</title>'))
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const page = `http://127.0.0.1:${server.address().port}/`

const [, , firefox, chromium] = process.argv
const browsers = {
  chromium: {
    executablePath: chromium,
    args: ['--no-sandbox', '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'],
  },
  firefox: {
    browser: 'firefox',
    executablePath: firefox,
    extraPrefsFirefox: {
      'media.navigator.streams.fake': true,
      'media.navigator.permission.disabled': true,
      'media.peerconnection.ice.loopback': true,
      'media.peerconnection.ice.obfuscate_host_addresses': false,
    },
  },
}

async function probe() {
  const gathered = async (connection) => {
    while (connection.iceGatheringState !== 'complete')
      await new Promise((resolve) => connection.addEventListener('icegatheringstatechange', resolve, { once: true }))
    return connection.localDescription.sdp
  }
  const make = async () => {
    const connection = new RTCPeerConnection()
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true })
    for (const track of stream.getTracks()) connection.addTrack(track, stream)
    return connection
  }
  const packets = async (connection) => {
    let count = 0
    for (const entry of (await connection.getStats()).values()) if (entry.type === 'inbound-rtp') count += entry.packetsReceived
    return count
  }
  const hears = async (connection) => {
    const before = await packets(connection)
    for (let look = 0; look < 100; look += 1) {
      if ((await packets(connection)) > before + 20) return true
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    return false
  }
  const [stays, leaves, comes] = [await make(), await make(), await make()]
  await leaves.setLocalDescription(await leaves.createOffer())
  await stays.setRemoteDescription({ type: 'offer', sdp: await gathered(leaves) })
  await stays.setLocalDescription(await stays.createAnswer())
  await leaves.setRemoteDescription({ type: 'answer', sdp: await gathered(stays) })
  if (!(await hears(stays))) throw new Error('the first path does not work')
  await comes.setLocalDescription(await comes.createOffer())
  await stays.setRemoteDescription({ type: 'offer', sdp: await gathered(comes) })
  await stays.setLocalDescription(await stays.createAnswer())
  leaves.close()
  await comes.setRemoteDescription({ type: 'answer', sdp: await gathered(stays) })
  return { answered: stays.signalingState === 'stable', heard: await hears(stays) }
}

const seen = {}
for (const [name, options] of Object.entries(browsers)) {
  const browser = await puppeteer.launch({ headless: true, ...options })
  const window = await browser.newPage()
  await window.goto(page)
  seen[name] = await window.evaluate(probe)
  console.log(`${name} ${await browser.version()}: answered ${seen[name].answered}, heard ${seen[name].heard}`)
  await browser.close()
}
server.close()
const same = seen.chromium.heard && seen.firefox.answered && !seen.firefox.heard
console.log(same ? 'As described.' : 'The behaviour has changed.')
process.exit(same ? 0 : 1)
PROBE
node probe.mjs "$firefox" "$chromium"
