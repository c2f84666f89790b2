import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isPermissive, licenceProblems, readSbom } from './licences.ts'

describe('the licences of what users install', () => {
  it('are permissive, each of them', () => {
    const sbom = readSbom()
    assert.equal(sbom.bomFormat, 'CycloneDX')
    for (const name of ['lit', 'jssip', 'fastify'])
      assert(
        sbom.components.some((component) => component.name === name),
        name,
      )
    assert.deepEqual(licenceProblems(sbom), [])
  })

  for (const expression of ['MIT', '(MIT OR GPL-3.0)', 'GPL-2.0 OR Apache-2.0', 'MIT AND ISC'])
    it(`may be ${expression}`, () => assert.equal(isPermissive(expression), true))

  for (const expression of ['GPL-3.0-only', 'MIT AND GPL-3.0', '', 'UNLICENSED', 'LGPL-2.1', 'GPL-2.0 OR AGPL-3.0'])
    it(`may not be ${expression || 'unknown'}`, () => assert.equal(isPermissive(expression), false))

  it('are told with the name of the package', () => {
    const components = [{ name: 'a', version: '1.0.0', licenses: [{ license: { id: 'AGPL-3.0' } }] }, { name: 'b' }]
    assert.deepEqual(licenceProblems({ bomFormat: 'CycloneDX', components }), ['a@1.0.0: AGPL-3.0', 'b@?: no licence'])
  })
})
