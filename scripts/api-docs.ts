/**
 * Writes docs/api/ from the sources: `node --import tsx scripts/api-docs.ts`.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { format, resolveConfig } from 'prettier'
import { apiPages } from './api-docs/pages.ts'
import { readApi } from './api-docs/read-api.ts'

/** Where the pages are kept. */
export const apiDocsFolder = new URL('../docs/api/', import.meta.url)

/** The pages as they have to be, formatted, by file name. */
export async function apiDocs(): Promise<ReadonlyMap<string, string>> {
  const options = await resolveConfig(new URL('methods.md', apiDocsFolder))
  const pages = Object.entries(apiPages(readApi())).map(
    async ([name, page]) => [name, await format(page, { ...options, parser: 'markdown' })] as const,
  )
  return new Map(await Promise.all(pages))
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await mkdir(apiDocsFolder, { recursive: true })
  for (const [name, page] of await apiDocs()) await writeFile(new URL(name, apiDocsFolder), page)
}
