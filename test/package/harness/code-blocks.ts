import { readFileSync } from 'node:fs'
import path from 'node:path'
import { Marked, type Token, type Tokens } from 'marked'
import { root } from '../../../scripts/project.ts'

/** A block of code of a page of the documentation. */
export interface CodeBlock {
  /** The page and the number of the block in it: how a test names it. */
  readonly name: string
  readonly language: string
  readonly text: string
  /** Why no test judges it: what a comment `<!-- not judged: reason -->` right above it says. */
  readonly unjudged: string | null
  /** The script that runs these lines: what a comment `<!-- run by path -->` right above it says. */
  readonly runBy: string | null
}

/** What a page of the documentation is made of, as far as it can be wrong. */
export interface Page {
  readonly file: string
  readonly blocks: readonly CodeBlock[]
  /** Code within a line. */
  readonly spans: readonly string[]
  /** Addresses of links and pictures. */
  readonly links: readonly string[]
  /** What a link can jump to. */
  readonly anchors: ReadonlySet<string>
}

const run = /^<!-- run by (\S+) -->\s*$/
const unjudgedBy = /^<!-- not judged: (\S[^]*?) -->\s*$/

/** The anchor that GitHub and npm give a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}\s_-]/gu, '')
    .replaceAll(' ', '-')
}

/** Every token of a page, in its order, those within others too. */
function flat(marked: Marked, tokens: Token[]): readonly Token[] {
  const all: Token[] = []
  void marked.walkTokens(tokens, (token) => void all.push(token))
  return all
}

/** Reads markdown; `file` is what it is called. */
export function parsePage(file: string, markdown: string): Page {
  const marked = new Marked()
  const tokens = flat(marked, marked.lexer(markdown)).filter(({ type }) => type !== 'space')
  const blocks: CodeBlock[] = []
  tokens.forEach((token, at) => {
    if (token.type !== 'code') return
    const { lang, text, codeBlockStyle } = token as Tokens.Code
    const above = tokens[at - 1]
    const said = (comment: RegExp): string | null => (above?.type === 'html' && comment.exec(above.raw)?.[1]) || null
    blocks.push({
      name: `${file}, block ${blocks.length + 1}`,
      // What is indented alone cannot say its language.
      language: codeBlockStyle === 'indented' ? 'text' : (lang ?? ''),
      text,
      unjudged: said(unjudgedBy),
      runBy: said(run),
    })
  })
  const of = (...types: readonly string[]): readonly Token[] => tokens.filter(({ type }) => types.includes(type))
  // The lexer of marked escapes the text of a code span.
  const unescape = (text: string): string =>
    text
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&')
  return {
    file,
    blocks,
    spans: of('codespan').map((token) => unescape((token as Tokens.Codespan).text)),
    links: of('link', 'image').map((token) => (token as Tokens.Link | Tokens.Image).href),
    anchors: new Set(of('heading').map((token) => anchorOf((token as Tokens.Heading).text))),
  }
}

export function readPage(file: string): Page {
  return parsePage(file, readFileSync(path.join(root, file), 'utf8'))
}
