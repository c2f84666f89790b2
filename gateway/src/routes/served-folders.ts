import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { resolve } from 'node:path'

/** A folder whose files are served as they are. */
export interface ServedFolder {
  /** What their paths begin with: `/cdn/`. */
  readonly prefix: string
  readonly directory: string
}

/** Serves folders to pages of any origin: a phone's bundle is loaded from pages that are not the gateway's. */
export async function serveFolders(app: FastifyInstance, folders: readonly ServedFolder[]): Promise<void> {
  for (const { prefix, directory } of folders) {
    await app.register(fastifyStatic, {
      prefix: `/${prefix.replace(/^\/+|\/+$/g, '')}/`.replace('//', '/'),
      root: resolve(directory),
      decorateReply: false,
      redirect: true,
      // A file that lies there compressed as well, `x.js.br` beside `x.js`, is sent so.
      preCompressed: true,
      // `.env` and its like are no pages.
      dotfiles: 'ignore',
      setHeaders: (reply) => void reply.header('cross-origin-resource-policy', 'cross-origin'),
    })
  }
}
