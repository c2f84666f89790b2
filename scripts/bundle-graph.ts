/** What a bundler says of one file it wrote, as far as the checks here need it. */
export interface Chunk {
  readonly fileName: string
  /** The files, or the packages left out of the bundle, that it imports at once. */
  readonly imports: readonly string[]
  /** Those it imports on demand. */
  readonly dynamicImports: readonly string[]
  /** The source it stands for, where it is an entry or the target of an `import()`. */
  readonly facadeModuleId: string | null
  readonly moduleIds: readonly string[]
}

/** The files a browser loads before the first line of `fileName` runs: itself and all it imports at once. */
export function firstLoad(chunks: readonly Chunk[], fileName: string): readonly string[] {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]))
  const found = new Set<string>()
  const visit = (name: string): void => {
    const chunk = byName.get(name)
    if (!chunk || found.has(name)) return
    found.add(name)
    chunk.imports.forEach(visit)
  }
  visit(fileName)
  return [...found]
}

/** The imports that the folder of the bundle cannot answer: packages, or files outside it. */
export function strayImports(chunks: readonly Chunk[]): readonly string[] {
  const names = new Set(chunks.flatMap(({ fileName }) => [fileName, `./${fileName}`]))
  return chunks.flatMap(({ fileName, imports, dynamicImports }) =>
    [...imports, ...dynamicImports].filter((name) => !names.has(name)).map((name) => `${fileName} imports ${name}`),
  )
}

/** The chunk that stands for the source below `folder`, `/src/signaling/gateway/`. */
export function chunkOf(chunks: readonly Chunk[], folder: string): Chunk | undefined {
  return chunks.find(({ facadeModuleId }) => facadeModuleId?.replaceAll('\\', '/').includes(folder))
}
