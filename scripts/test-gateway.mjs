import { tsImport } from 'tsx/esm/api'

/** Where a page under test asks for the gateway's address. */
const addressPath = '/test-gateway.json'

/**
 * A real gateway beside the browser tests. It starts when the first page asks for it, on a free port, and stops with
 * the test runner.
 *
 * @returns {import('@web/test-runner').TestRunnerPlugin}
 */
export function testGatewayPlugin() {
  /** @type {Promise<{ gateway: import('../gateway/src/gateway.ts').Gateway, url: string }> | undefined} */
  let running

  async function start() {
    /** @type {typeof import('../gateway/src/index.ts')} */
    const { createGateway } = await tsImport('../gateway/src/index.ts', import.meta.url)
    // Every page is one client address, and more than one user.
    const gateway = createGateway({
      port: 0,
      devTokens: true,
      rateLimit: 100_000,
      // Whom guests may call: one desk a browser, for browsers under test share the gateway.
      guestAllow: ['desk-chromium', 'desk-firefox'],
      guestRate: 1000,
    })
    return { gateway, url: await gateway.listen() }
  }

  return {
    name: 'test-gateway',
    async serve({ path }) {
      if (path !== addressPath) return undefined
      running ??= start()
      const { url } = await running
      return { body: JSON.stringify({ url }), type: 'json', headers: { 'cache-control': 'no-store' } }
    },
    async serverStop() {
      const { gateway } = (await running) ?? {}
      await gateway?.close()
    },
  }
}
