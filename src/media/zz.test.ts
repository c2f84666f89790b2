it('scratch', async function () {
  this.timeout(8000)
  const c = new AudioContext()
  console.log('s', c.state)
  c.addEventListener('statechange', () => console.log('change', c.state))
  c.resume().then(() => console.log('resumed'), (e) => console.log(String(e)))
  for (let i = 0; i < 6; i++) { await new Promise((r) => setTimeout(r, 500)); console.log(c.currentTime) }
  await c.close()
})
