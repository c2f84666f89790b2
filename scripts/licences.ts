import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './project.ts'

/*
 * npm run audit:licences: fails where something that users install has a licence that was not looked at. Reads the bill
 * of materials that npm makes (CycloneDX 1.5), which the build writes to dist/sbom.json.
 */

interface Component {
  readonly name: string
  readonly version?: string
  readonly licenses?: readonly { readonly expression?: string; readonly license?: { readonly id?: string } }[]
  readonly properties?: readonly { readonly name: string; readonly value: string }[]
}

/** The bill of materials, as far as it is read here. */
export interface Sbom {
  readonly bomFormat: string
  readonly components: readonly Component[]
}

/** What may be installed with an Apache-2.0 package and asks for no more than a notice. */
const permissive = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'Zlib',
])

const isOfDevelopment = ({ properties = [] }: Component): boolean =>
  properties.some(({ name, value }) => name === 'cdx:npm:package:development' && value === 'true')

/** Everything that is installed with the package and with the gateway, tools of the project left out. */
export function readSbom(): Sbom {
  // `--omit dev` of npm 11 leaves out, too, what a tool of the project happens to depend on as the package does: Lit.
  const words = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 2 ** 20,
    shell: process.platform === 'win32',
  })
  const sbom = JSON.parse(words) as Sbom
  return { ...sbom, components: sbom.components.filter((component) => !isOfDevelopment(component)) }
}

/** Writes the bill of materials of the build. */
export function writeSbom(): void {
  writeFileSync(path.join(root, 'dist/sbom.json'), `${JSON.stringify(readSbom(), null, 2)}\n`)
}

/** The licences of a component as one expression of SPDX; empty where it names none. */
const licenceOf = ({ licenses = [] }: Component): string =>
  licenses.map(({ expression, license }) => expression ?? license?.id ?? '').join(' AND ')

/** Whether an expression of SPDX can be kept by licences that ask for a notice alone. */
export function isPermissive(expression: string): boolean {
  const choices = expression.replace(/[()]/g, '').split(' OR ')
  return choices.some((choice) => choice.split(' AND ').every((licence) => permissive.has(licence.trim())))
}

/** What in a bill of materials has a licence that is not permissive, or none. */
export function licenceProblems({ components }: Sbom): readonly string[] {
  return components
    .filter((component) => !isPermissive(licenceOf(component)))
    .map((component) => `${component.name}@${component.version ?? '?'}: ${licenceOf(component) || 'no licence'}`)
}

if (process.argv[1] === import.meta.filename) {
  const sbom = readSbom()
  const problems = licenceProblems(sbom)
  for (const problem of problems) console.error(problem)
  if (problems.length > 0) process.exitCode = 1
  else console.log(`${sbom.components.length} packages, each with a permissive licence`)
}
