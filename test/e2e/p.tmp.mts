import { TestBrowser, startServer } from '/work/main/test/e2e/harness.ts'
const server = await startServer({ serve: ['/e2e/=test/e2e/pages'] })
const n = async () => (await (await fetch(server.url + 'healthz')).json()).sessions
for (const name of ['firefox', 'chromium'] as const) {
  const b = await TestBrowser.launch(name)
  const keep = await b.open(server.url + 'e2e/phone.html')
  for (let i = 0; i < 8; i++) {
    const w = await b.open(server.url + 'e2e/phone.html?' + new URLSearchParams({ server: server.url, 'user-id': `u${i}@x.example` }))
    await w.until('ready', () => document.querySelector('att-phone')?.getAttribute('state') === 'ready')
    const before = await n()
    const t = performance.now()
    await w.close()
    const at = [await n()]
    for (const ms of [100, 300, 1000]) { await new Promise(r => setTimeout(r, ms)); at.push(await n()) }
    console.log(name, before, at.join(' '))
  }
  await b.close()
}
await server.stop(); process.exit()
