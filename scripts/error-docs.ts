/**
 * Writes docs/errors.md from the error catalogue: `node --import tsx scripts/error-docs.ts`.
 */
import { writeFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { format, resolveConfig } from 'prettier'
import { allErrorTexts } from '../src/phone/error-catalogue.ts'
import type { ErrorText } from '../src/phone/error-text.ts'

/** Where the page is kept. */
export const errorDocsFile = new URL('../docs/errors.md', import.meta.url)

const introduction = `# Errors

A method that is refused rejects with a \`PhoneError\` and fires the \`error\` event with the same object. Its fields:

- \`ErrorCode\`: one of the codes below. Codes never change; test for them, not for the words.
- \`ErrorMessage\`, \`Cause\`, \`Resolution\`: what happened, why, and what to do about it.
- \`JSObject\`, \`JSMethod\`: where it happened.
- \`APIError\`, \`ResourceMethod\`, \`HttpStatusCode\`, \`MessageId\`, \`AdditionalInformation\`: what the network said, where it said anything. Network text: show it as text, never as markup.
- \`timestamp\`: when it happened.
`

function cell(words: string): string {
  return words.replace(/[\\|*_~#<]/g, '\\$&')
}

function table(texts: readonly ErrorText[]): string {
  const rows = texts.map(({ code, method, message, cause, resolution }) =>
    ['', code, method, cell(message), cell(cause), cell(resolution), ''].join(' | ').trim(),
  )
  return ['| Code | Method | Message | Cause | Remedy |', '|---|---|---|---|---|', ...rows].join('\n')
}

/** The page as it has to be, formatted. */
export async function errorDocs(): Promise<string> {
  const texts = allErrorTexts()
  const ofNetwork = texts.findIndex(({ code }) => code === '1000')
  const page = [
    introduction,
    '## Errors of the phone\n\nThe first two digits name the method.\n',
    table(texts.slice(0, ofNetwork)),
    '\n## Errors of the network\n\nRaised when the network answers a request with an error: by its HTTP status and the message id it sends, from 500 up by the status alone. What is not listed is 1000.\n',
    table(texts.slice(ofNetwork)),
  ].join('\n')
  const options = await resolveConfig(errorDocsFile)
  return format(page, { ...options, parser: 'markdown' })
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await writeFile(errorDocsFile, await errorDocs())
