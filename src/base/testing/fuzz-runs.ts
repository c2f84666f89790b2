const { process } = globalThis as { readonly process?: { readonly env: Readonly<Record<string, string | undefined>> } }

/** How many messages each test of hostile input makes up: more by `npm run fuzz`. */
export const numRuns = Number(process?.env['FUZZ_RUNS'] ?? 10_000)
