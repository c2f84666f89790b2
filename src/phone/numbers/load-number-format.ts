import type { NumberFormat } from './number-format.ts'

let loaded: NumberFormat | null = null
let loading: Promise<NumberFormat> | undefined

/** Loads the metadata, once. Rejects when the chunk cannot be fetched; the next call then tries again. */
export function loadNumberFormat(): Promise<NumberFormat> {
  loading ??= import('./library-number-format.ts').then(
    ({ numberFormat }) => (loaded = numberFormat),
    (error: unknown) => {
      loading = undefined
      throw error
    },
  )
  return loading
}

/** Resolves when numbers of every country are cleaned and formatted by their country's rules. */
export async function numbersReady(): Promise<void> {
  await loadNumberFormat()
}

/** The metadata if it is there; else begins to load it, for the next time. */
export function loadedNumberFormat(): NumberFormat | null {
  // A failure is nobody's here: without the metadata the plain rules hold, and the next need tries again.
  if (!loaded) loadNumberFormat().catch(() => undefined)
  return loaded
}
