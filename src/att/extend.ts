/**
 * Copies the own properties of `source` into `target` and returns `target`, as old pages do it. A key named `__proto__`,
 * which text from a network may hold, is left out.
 */
export function extend<Target extends object, Source extends object>(
  target: Target,
  source?: Source | null,
): Target & Source {
  const entries = Object.entries(source ?? {}).filter(([key]) => key !== '__proto__')
  return Object.assign(target, Object.fromEntries(entries)) as Target & Source
}
