import type { Plugin } from 'vite'

/** A style sheet without comments, and without the white space that means nothing. */
function slimSheet(sheet: string): string {
  return sheet
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1')
    .replace(/: /g, ':')
    .replace(/;}/g, '}')
    .trim()
}

/**
 * What the tags' sources write for people and browsers do without: a bundler leaves templates as they are. Style sheets
 * lose their white space; markup loses its indentation, and keeps its lines, which source maps count.
 */
export function slimTemplate(code: string, file: string): string {
  // White space within an expression, or a text, may mean something.
  if (file.endsWith('.styles.ts'))
    return code.replace(/\bcss`([^`$]*)`/g, (_, sheet: string) => `css\`${slimSheet(sheet)}\``)
  return code.replace(/\n[ \t]+/g, '\n')
}

/** Makes the bundles carry the templates of the tags without their layout. */
export function slimTemplates(): Plugin {
  return {
    name: 'slim-templates',
    enforce: 'pre',
    transform(code, id) {
      const file = id.split('?', 1)[0] ?? id
      if (!/\/elements\/[^?]*\.ts$/.test(file)) return null
      return { code: slimTemplate(code, file), map: null }
    },
  }
}
