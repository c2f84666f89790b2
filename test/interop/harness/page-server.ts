import { once } from 'node:events'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { slimJssip } from '../../../scripts/slim-jssip.ts'

/** Pages that show JsSIP as it comes; the others have it as we ship it. */
const plain = new Set(['plain-jssip', 'jssip'])

/** Serves pages: `/NAME` runs `NAME.ts` of their folder. */
export interface PageServer {
  url(page: string): string
  stop(): Promise<void>
}

/** One module that runs `PAGE.ts` of a folder, with everything it imports. */
export async function bundle(page: string, folder: URL): Promise<string> {
  const entry = fileURLToPath(new URL(`${page}.ts`, folder))
  const result = await build({
    configFile: false,
    logLevel: 'error',
    plugins: plain.has(page) ? [] : [slimJssip()],
    build: {
      write: false,
      minify: false,
      target: 'es2022',
      lib: { entry, formats: ['es'] },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  })
  const [output] = Array.isArray(result) ? result : [result]
  if (!output || !('output' in output)) throw new Error(`No bundle of ${page}`)
  return output.output[0].code
}

/** @param folder `test/interop/page` by default */
export async function startPageServer(
  pages: readonly string[],
  folder = new URL('../page/', import.meta.url),
): Promise<PageServer> {
  const scripts = new Map<string, string>()
  for (const page of pages) scripts.set(`/${page}.js`, await bundle(page, folder))
  const server = createServer(({ url = '/' }, response) => {
    const script = scripts.get(url)
    response.setHeader('Content-Type', script === undefined ? 'text/html' : 'text/javascript')
    response.end(
      script ??
        `<!doctype html><title>${url}</title><link rel="icon" href="data:,"><script type="module" src="${url}.js"></script>`,
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The port of the page server is not known')
  return {
    url: (page) => `http://127.0.0.1:${address.port}/${page}`,
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
