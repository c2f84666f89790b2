#!/usr/bin/env bash
# Chromium 156, Firefox ESR 153.8.0; puppeteer-core 25.16.0, 30 November 2026.
#
# Which calls of `RTCRtpSender` make a sender of video send a picture that needs none before it (a key frame): counted at
# the receiver, each tried three times.
#
#   chromium: encodingOptions keyFrame: always
#   chromium: a scale of 1.000000001 and back: never
#   chromium: replaceTrack(null) and back: never
#   firefox: encodingOptions keyFrame: never
#   firefox: a scale of 1.000000001 and back: always
#   firefox: replaceTrack(null) and back: never
#
# Why it matters here: a desk phone without feedback by RTCP asks for such a picture by SIP (INFO, RFC 5168), and a page
# has no plain call for it that works in both. Firefox takes `encodingOptions` (WebRTC Extensions) without a word and
# ignores it. Its encoder begins anew where the size changes, here by a pixel for a moment. Chromium sees no change.
#
# Fails when it changes. Takes both browsers of Debian.
set -euo pipefail
described=$(sed -n 's/^#   //p' "$0")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund puppeteer-core@25.16.0 >/dev/null
cat > run.mjs <<'RUN'
import http from 'node:http'
import puppeteer from 'puppeteer-core'

const server = http.createServer((_request, reply) =>
  reply.setHeader('content-type', 'text/html').end('<!doctype html><title>x</title>'),
)
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
for (const [browser, executablePath] of [
  ['chrome', '/usr/bin/chromium'],
  ['firefox', '/usr/bin/firefox-esr'],
]) {
  const args = browser === 'chrome' ? ['--no-sandbox', '--disable-features=WebRtcHideLocalIpsWithMdns'] : []
  const extraPrefsFirefox = { 'media.peerconnection.ice.obfuscate_host_addresses': false, 'media.peerconnection.ice.loopback': true }
  const running = await puppeteer.launch({ browser, executablePath, headless: true, args, extraPrefsFirefox })
  const window = await running.newPage()
  window.setDefaultTimeout(0)
  await window.goto(`http://127.0.0.1:${server.address().port}/`)
  const seen = await window.evaluate(async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 360 })
    const context = canvas.getContext('2d')
    let drawn = 0
    setInterval(() => {
      context.fillStyle = drawn++ % 2 ? 'red' : 'blue'
      context.fillRect(drawn % 600, 0, 30, 150)
    }, 40)
    const [track] = canvas.captureStream(25).getVideoTracks()
    const [here, there] = [new RTCPeerConnection(), new RTCPeerConnection()]
    here.onicecandidate = ({ candidate }) => candidate && there.addIceCandidate(candidate)
    there.onicecandidate = ({ candidate }) => candidate && here.addIceCandidate(candidate)
    const sender = here.addTrack(track, new MediaStream())
    await here.setLocalDescription()
    await there.setRemoteDescription(here.localDescription)
    await there.setLocalDescription()
    await here.setRemoteDescription(there.localDescription)
    const received = async () =>
      [...(await there.getStats()).values()].find(({ type, kind }) => type === 'inbound-rtp' && kind === 'video')
    const arrive = async (more) => {
      const from = (await received())?.framesDecoded ?? 0
      while (((await received())?.framesDecoded ?? 0) < from + more) await new Promise((done) => setTimeout(done, 20))
    }
    /** Until the size, which grows at first, has been the same for a while. */
    const settle = async () => {
      for (let before = 0; ; ) {
        await arrive(60)
        const { keyFramesDecoded } = await received()
        if (keyFramesDecoded === before) return
        before = keyFramesDecoded
      }
    }
    const scale = (by) => {
      const parameters = sender.getParameters()
      parameters.encodings[0].scaleResolutionDownBy = by
      return sender.setParameters(parameters)
    }
    const ways = {
      'encodingOptions keyFrame': () =>
        sender.setParameters(sender.getParameters(), { encodingOptions: [{ keyFrame: true }] }),
      'a scale of 1.000000001 and back': async () => {
        await scale(1.000000001)
        await scale(1)
      },
      'replaceTrack(null) and back': async () => {
        await sender.replaceTrack(null)
        await sender.replaceTrack(track)
      },
    }
    const found = []
    for (const [words, act] of Object.entries(ways)) {
      let times = 0
      for (let n = 0; n < 3; n++) {
        await settle()
        const before = (await received()).keyFramesDecoded
        await act()
        await arrive(25)
        if ((await received()).keyFramesDecoded > before) times++
      }
      found.push(`${words}: ${times === 3 ? 'always' : times === 0 ? 'never' : 'sometimes'}`)
    }
    return found
  })
  for (const line of seen) console.log(`${browser === 'chrome' ? 'chromium' : browser}: ${line}`)
  await running.close()
}
server.close()
RUN
seen=$(node run.mjs)
echo "$seen"
[ "$seen" = "$described" ] || { echo "It has changed. Before:"; echo "$described"; exit 1; }
