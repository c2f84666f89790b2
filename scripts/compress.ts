import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { root } from './project.ts'

/**
 * Writes each file once more, compressed, beside itself: a server that knows of it (`brotli_static` of nginx,
 * `preCompressed` of the demo server) need not compress it for each visitor.
 */
export function compress(folder: string, files: readonly string[]): void {
  for (const file of files) {
    const content = readFileSync(path.join(root, folder, file))
    const options = {
      params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: content.length },
    }
    writeFileSync(path.join(root, folder, `${file}.br`), brotliCompressSync(content, options))
  }
}
