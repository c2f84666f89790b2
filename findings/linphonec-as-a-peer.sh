#!/usr/bin/env bash
# linphonec of linphone-cli 5.1.65-4 (Debian 12), 30 November 2026.
#
# Two things about linphonec that nobody would guess, and that make it look broken as the far side of a test.
#
# 1. Where `$HOME/.local/share/linphone` is missing it cannot open its database, prints one line about it and goes on. It
#    takes every command, says `registered=-1` for ever and never sends a packet.
#
#   without the folder: 0 REGISTER requests     with it: at least 1
#
# 2. `record FILE` writes the head of the file when the call ends: until then it is no WAV file.
#    (test/interop/linphone.interop.ts shows this one, by reading the recording after the call.)
#
# Why it matters here: test/interop/harness/linphone.ts makes the folder, and reads a recording after the hang-up.
#
# Fails when linphonec registers without the folder: then the harness need not make it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > probe.mjs <<'PROBE'
import { spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'

/** How many REGISTER requests come within 5 s. */
async function requests(home, withFolder) {
  mkdirSync(withFolder ? `${home}/.local/share/linphone` : home, { recursive: true })
  const server = createSocket('udp4')
  server.bind(0, '127.0.0.1')
  await once(server, 'listening')
  let count = 0
  server.on('message', (message) => (count += message.toString().startsWith('REGISTER ') ? 1 : 0))
  const registrar = `sip:127.0.0.1:${server.address().port};transport=udp`
  writeFileSync(
    `${home}/config`,
    `[sip]\nsip_port=-1\ndefault_proxy=0\n\n[proxy_0]\nreg_proxy=<${registrar}>\nreg_route=<${registrar};lr>\n` +
      'reg_identity=sip:carol@127.0.0.1\nreg_expires=300\nreg_sendregister=1\n',
  )
  const phone = spawn('linphonec', ['-c', 'config'], { cwd: home, env: { ...process.env, HOME: home } })
  phone.stdout.resume()
  phone.stderr.resume()
  await new Promise((resolve) => setTimeout(resolve, 5000))
  const gone = once(phone, 'exit')
  phone.kill('SIGKILL')
  await gone
  server.close()
  return count
}

const without = await requests(`${process.cwd()}/without`, false)
const withIt = await requests(`${process.cwd()}/with`, true)
console.log(`without the folder: ${without} REGISTER requests, with it: ${withIt}`)
const same = without === 0 && withIt > 0
console.log(same ? 'As described.' : 'The behaviour has changed.')
process.exit(same ? 0 : 1)
PROBE
node probe.mjs
