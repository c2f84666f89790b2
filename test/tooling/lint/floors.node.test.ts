import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { ESLint } from 'eslint'
import tseslint from 'typescript-eslint'
import { explainedDisableRule } from '../../../scripts/lint/explained-disable.mjs'
import { floorsRule } from '../../../scripts/lint/floors.mjs'

const root = fileURLToPath(new URL('../../..', import.meta.url))

const eslint = new ESLint({
  cwd: root,
  overrideConfigFile: true,
  overrideConfig: {
    files: ['**/*.ts'],
    languageOptions: { parser: tseslint.parser },
    plugins: { house: { rules: { floors: floorsRule, 'explained-disable': explainedDisableRule } } },
    rules: { 'house/floors': 'error', 'house/explained-disable': 'error', 'no-var': 'error' },
  },
})

/** What the house's own rules say of `code`, were it the content of `filePath`. */
async function complaints(filePath: string, code: string): Promise<readonly (string | null)[]> {
  const [result] = await eslint.lintText(code, { filePath })
  assert(result)
  return result.messages.map(({ ruleId }) => ruleId)
}

const refused: readonly (readonly [what: string, file: string, code: string])[] = [
  ['the engine importing Lit', 'src/phone/x.ts', `import { html } from 'lit'`],
  ['the engine importing the context of Lit', 'src/index.ts', `import { createContext } from '@lit/context'`],
  ['the engine importing a tag', 'src/phone/x.ts', `import { AttPhone } from '../../elements/att-phone/att-phone.ts'`],
  ['a tag importing a network', 'elements/att-phone/x.ts', `import '../../src/signaling/local/local-signaling.ts'`],
  ['a tag importing media', 'elements/att-phone/x.ts', `export { capture } from '../../src/media/capture.ts'`],
  ['a tag importing a type of media', 'elements/x.ts', `import type { MediaType } from '../src/media/media-type.ts'`],
  ['the phone naming one network', 'src/phone/x.ts', `import { S } from '../signaling/local/local-signaling.ts'`],
  ['the phone loading one network by name', 'src/phone/x.ts', `void import('../signaling/sip/sip-signaling.ts')`],
  ['media importing the phone', 'src/media/x.ts', `import type { A } from '../phone/snapshot.ts'`],
  ['media importing signaling', 'src/media/x.ts', `import type { A } from '../signaling/signaling.ts'`],
  ['media naming a type of signaling in place', 'src/media/x.ts', `type A = import('../signaling/signaling.ts').Leg`],
  ['the exchange importing media', 'src/exchange/x.ts', `import type { A } from '../media/media-type.ts'`],
  ['the exchange importing Node', 'src/exchange/x.ts', `import { randomUUID } from 'node:crypto'`],
  ['the base importing the exchange', 'src/base/x.ts', `export * from '../exchange/protocol.ts'`],
  ['the engine importing the gateway', 'src/phone/x.ts', `import '../../gateway/src/server.ts'`],
  ['a tag importing the gateway', 'elements/x.ts', `import 'att-phone-gateway'`],
  ['a test in the browser importing the gateway', 'src/phone/x.test.ts', `import '../../gateway/src/server.ts'`],
  ['the gateway importing the phone', 'gateway/src/x.ts', `import '../../src/phone/phone.ts'`],
  ['the classic API importing a network', 'src/att/x.ts', `import '../signaling/signaling.ts'`],
]

const allowed: readonly (readonly [what: string, file: string, code: string])[] = [
  ['the phone importing the contract', 'src/phone/x.ts', `import type { Leg } from '../signaling/signaling.ts'`],
  ['the phone importing the registry', 'src/phone/x.ts', `import { networks } from '../signaling/registry.ts'`],
  ['the registry loading a network', 'src/signaling/registry.ts', `void import('./sip/sip-signaling.ts')`],
  ['the SIP network importing JsSIP', 'src/signaling/sip/x.ts', `import JsSIP from 'jssip'`],
  ['a network importing media', 'src/signaling/local/x.ts', `import '../../media/local-media.ts'`],
  ['a tag importing the phone', 'elements/x.ts', `import type { Phone } from '../src/phone/phone.ts'`],
  ['a tag importing a part of Lit', 'elements/x.ts', `import { state } from 'lit/decorators.js'`],
  ['the classic API importing the phone', 'src/att/x.ts', `import { Phone } from '../phone/phone.ts'`],
  ['the classic bundle importing the classic API', 'elements/cdn/att.ts', `import '../../src/att/att.ts'`],
  ['the gateway importing the exchange', 'gateway/src/x.ts', `import '../../src/exchange/exchange.ts'`],
  ['a test of the phone using a network', 'src/phone/x.test.ts', `import '../signaling/local/local-signaling.ts'`],
]

describe('the floors of the house', () => {
  for (const [what, file, code] of refused) {
    it(`refuses ${what}`, async () => {
      assert.deepEqual(await complaints(file, code), ['house/floors'])
    })
  }

  for (const [what, file, code] of allowed) {
    it(`allows ${what}`, async () => {
      assert.deepEqual(await complaints(file, code), [])
    })
  }

  it('is part of the lint run', async () => {
    const configured: unknown = await new ESLint({ cwd: root }).calculateConfigForFile('src/phone/phone.ts')
    const { rules } = configured as { rules: Record<string, unknown[]> }
    assert.equal(rules['house/floors']?.[0], 2)
  })
})

describe('a comment that switches a rule off', () => {
  it('is refused without a reason', async () => {
    const code = '// eslint-disable-next-line no-var\nvar a = 1'
    assert.deepEqual(await complaints('src/x.ts', code), ['house/explained-disable'])
  })

  it('passes with one', async () => {
    const code = '// eslint-disable-next-line no-var -- the page reads it as a global\nvar a = 1'
    assert.deepEqual(await complaints('src/x.ts', code), [])
  })
})
