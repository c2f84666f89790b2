import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { cli } from '@custom-elements-manifest/analyzer/cli.js'
import { manifestProblems, type Manifest } from './manifest-gate.ts'
import { filesBelow, root } from './project.ts'

/*
 * Compares the committed custom-elements.json with the sources; with --write, writes it anew. Either way fails where an
 * entry lacks something a page author needs.
 */

const file = path.join(root, 'custom-elements.json')

const manifest = (await cli({ argv: ['analyze', '--quiet'], cwd: root, noWrite: true })) as Manifest
const tags = filesBelow('elements/define', '.ts')
  .map((name) => path.basename(name, '.ts'))
  .filter((name) => name.startsWith('att-'))

const problems = [...manifestProblems(manifest, tags)]
const text = `${JSON.stringify(manifest, null, 2)}\n`
if (process.argv.includes('--write')) writeFileSync(file, text)
else {
  let committed = ''
  try {
    committed = readFileSync(file, 'utf8')
  } catch {
    problems.push('custom-elements.json is missing: npm run manifest writes it')
  }
  if (committed && committed !== text)
    problems.push('custom-elements.json is not what the sources say: npm run manifest writes it anew')
}
for (const problem of problems) console.error(problem)
if (problems.length > 0) process.exitCode = 1
else console.log(`custom-elements.json describes ${tags.length} tags`)
