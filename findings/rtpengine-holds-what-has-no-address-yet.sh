#!/usr/bin/env bash
# rtpengine 10.5.3.5-1+deb12u1 (Debian 12, package rtpengine-daemon), 30 November 2026.
#
# An offer of WebRTC, `a=sendrecv` throughout, whose second section has no candidate yet: `c=IN IP4 0.0.0.0`, port 9, as
# a browser writes until it has gathered for that section (RFC 8840, 4.1.1). What the plain phone behind is offered for
# that section, with `a=ice-options:trickle` where Firefox writes it, for all (RFC 8839, 5.6), and where Chromium does:
#
#   no candidate, trickle said for all: sendonly
#   no candidate, trickle said in the section: sendrecv
#   a candidate, trickle said for all: sendrecv
#
# Why it matters here: the phone answers `recvonly` and never sends its picture, since it was put on hold by the address
# (RFC 3264, 8.4) though nobody held it. Both browsers gather for one section after the other, so an offer that leaves
# with the first candidate is such an offer. A phone has to wait for a candidate in every section.
#
# Fails when it changes. Takes Debian 12 and Node; the package's libraries have to be there (apt-get install rtpengine-daemon).
set -euo pipefail
described=$(sed -n 's/^#   //p' "$0")
folder=$(mktemp -d)
pids=()
trap 'for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq rtpengine-daemon=10.5.3.5-1+deb12u1 >/dev/null 2>&1
dpkg -x rtpengine-daemon_*.deb package
port=$(node -e "const s=require('dgram').createSocket('udp4').bind(0,'127.0.0.1',()=>{console.log(s.address().port);s.close()})")
package/usr/bin/rtpengine --config-file=none --table=-1 --interface=127.0.0.1 "--listen-ng=127.0.0.1:$port" \
  --port-min=41000 --port-max=41100 --foreground --log-stderr --log-level=3 2> log & pids+=($!)
cat > run.mjs <<'RUN'
import { createSocket } from 'node:dgram'

const socket = createSocket('udp4').unref()
const port = Number(process.argv[2])
let cookie = 0

const bencoded = (value) =>
  typeof value === 'string'
    ? `${Buffer.byteLength(value)}:${value}`
    : Array.isArray(value)
      ? `l${value.map(bencoded).join('')}e`
      : `d${Object.keys(value).sort().map((key) => bencoded(key) + bencoded(value[key])).join('')}e`

/** Asks until it answers: it may just have been started. */
const ask = (command) =>
  new Promise((resolve) => {
    const mine = `${++cookie} `
    const timer = setInterval(() => socket.send(mine + bencoded(command), port, '127.0.0.1'), 200)
    socket.on('message', function hear(reply) {
      if (!String(reply).startsWith(mine)) return
      socket.off('message', hear)
      clearInterval(timer)
      resolve(String(reply))
    })
  })

const trickle = 'a=ice-options:trickle\r\n'
const candidate = 'a=candidate:1 1 udp 2122260223 192.0.2.1 5000 typ host\r\n'
const section = (kind, type, codec, mid, has, options) =>
  `m=${kind} ${has ? 5000 : 9} UDP/TLS/RTP/SAVPF ${type}\r\nc=IN IP4 ${has ? '192.0.2.1' : '0.0.0.0'}\r\n` +
  `${has ? candidate : ''}a=ice-ufrag:abcd\r\na=ice-pwd:abcdefghijklmnopqrstuvwx\r\n${options}` +
  `a=fingerprint:sha-256 ${Array(32).fill('AB').join(':')}\r\na=setup:actpass\r\na=mid:${mid}\r\na=sendrecv\r\n` +
  `a=rtcp-mux\r\na=rtpmap:${type} ${codec}\r\n`

await ask({ command: 'ping' })
for (const [has, isForAll] of [
  [false, true],
  [false, false],
  [true, true],
]) {
  const options = isForAll ? '' : trickle
  const reply = await ask({
    command: 'offer',
    'call-id': `call-${cookie}`,
    'from-tag': 'a',
    ICE: 'remove',
    'transport-protocol': 'RTP/AVP',
    'rtcp-mux': ['demux'],
    sdp:
      `v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0 1\r\n${isForAll ? trickle : ''}` +
      section('audio', 111, 'opus/48000/2', 0, true, options) +
      section('video', 96, 'VP8/90000', 1, has, options),
  })
  const [, , video = ''] = reply.split('m=')
  const direction = /a=(sendrecv|sendonly|recvonly|inactive)/.exec(video)?.[1]
  console.log(`${has ? 'a' : 'no'} candidate, trickle said ${isForAll ? 'for all' : 'in the section'}: ${direction}`)
}
process.exit()
RUN
seen=$(node run.mjs "$port")
echo "$seen"
[ "$seen" = "$described" ] || { echo "It has changed. Before:"; echo "$described"; exit 1; }
