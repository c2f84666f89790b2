import { readFileSync } from 'node:fs'

/** A file of `test/interop/config`, its {{NAMES}} filled in. */
export function filledTemplate(name: string, values: Readonly<Record<string, string | number>>): string {
  const text = readFileSync(new URL(`../config/${name}`, import.meta.url), 'utf8')
  return text.replace(/\{\{(\w+)\}\}/g, (whole, key: string) => {
    if (key === 'NAMES') return whole
    const value = values[key]
    if (value === undefined) throw new Error(`${name} wants a value for ${key}`)
    return String(value)
  })
}
