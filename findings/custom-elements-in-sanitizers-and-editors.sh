#!/usr/bin/env bash
# DOMPurify 3.5.0, sanitize-html 2.18.1, rehype-sanitize 6.0.0, TinyMCE 8.9.2, CKEditor 5 48.5.2, Tiptap 3.35.0,
# ProseMirror 1.25.13, Lexical 0.52.0, Quill 2.0.3, Summernote 0.9.1, SunEditor 3.3.3, Froala 5.4.0 and the browser's
# own setHTML; Chromium 156, esbuild 0.28.2, puppeteer-core 25.16.0, 30 November 2026.
#
# What sanitizers and editors leave of two custom elements: by default, with settings that look right and are not, and
# with the smallest that keeps both. An … says that attributes or text were lost; `text`, that both tags were.
#
#   DOMPurify: text
#   DOMPurify, tagNameCheck alone: phone… call-button…
#   DOMPurify, ADD_TAGS and ADD_ATTR: phone… call-button
#   DOMPurify, set: phone call-button
#   sanitize-html: text
#   sanitize-html, set: phone call-button
#   rehype-sanitize: text
#   rehype-sanitize, userId: phone… call-button
#   rehype-sanitize, set: phone call-button
#   setHTML: nothing
#   setHTML, set: phone call-button
#   TinyMCE: text
#   TinyMCE, set: phone call-button
#   CKEditor 5: text
#   CKEditor 5, the names alone: text
#   CKEditor 5, set: phone call-button
#   Tiptap: text
#   Tiptap, attributes as they come: phone call-button…
#   Tiptap, set: phone call-button
#   ProseMirror: text
#   ProseMirror, set: phone call-button
#   Lexical: text
#   Lexical, set: phone call-button
#   Quill: text
#   Quill, set: phone call-button
#   Summernote: phone call-button
#   SunEditor: text
#   SunEditor, set: phone call-button
#   Froala: text
#   Froala, without htmlAllowedEmptyTags: call-button
#   Froala, set: phone call-button
#
# Surprising: DOMPurify's tagNameCheck alone keeps the tags and drops each attribute; its ADD_ATTR drops an address with
# `wss:`; rehype-sanitize wants attributes as they are written; CKEditor drops what a rule allows by name unless another
# allows `$customElement`; Tiptap reads `+18005550199` as a number; Froala drops an allowed element that is empty.
#
# Why it matters here: a phone in a page is two such tags, and who writes the page writes it in one of these.
# docs/cms.md tells the settings.
#
# Fails when any of it changes.
set -euo pipefail
described=$(sed -n 's/^#   //p' "$0")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund esbuild@0.28.2 puppeteer-core@25.16.0 dompurify@3.5.0 sanitize-html@2.18.1 \
  rehype-sanitize@6.0.0 rehype-parse@9.0.1 rehype-stringify@10.0.1 unified@11.0.5 tinymce@8.9.2 ckeditor5@48.5.2 \
  @tiptap/core@3.35.0 @tiptap/starter-kit@3.35.0 @tiptap/pm@3.35.0 prosemirror-model@1.25.13 \
  prosemirror-schema-basic@1.2.5 lexical@0.52.0 @lexical/html@0.52.0 quill@2.0.3 summernote@0.9.1 jquery@3.7.1 \
  suneditor@3.3.3 froala-editor@5.4.0 >/dev/null
cat > input.js <<'INPUT'
// A tag without content that stands alone, and one with text within a paragraph; addresses and numbers as people write them.
export const html =
  '<x-phone server="wss://pbx.example/ws" user-id="1001@example.com"></x-phone>' +
  '<p>Hi <x-call-button to="+18005550199">Call us</x-call-button> there</p>'

/** What of it is left in a markup: `phone` and `button` with all they had, `phone…` where attributes or text differ. */
export function left(markup) {
  const { body } = new DOMParser().parseFromString(markup, 'text/html')
  const is = (name, attributes, text) => {
    const element = body.querySelector(`x-${name}`)
    if (!element) return []
    const same = Object.entries(attributes).every(([key, value]) => element.getAttribute(key) === value)
    return [same && element.textContent === text ? name : `${name}…`]
  }
  const found = [
    ...is('phone', { server: 'wss://pbx.example/ws', 'user-id': '1001@example.com' }, ''),
    ...is('call-button', { to: '+18005550199' }, 'Call us'),
  ]
  return found.join(' ') || (body.textContent.includes('Call us') ? 'text' : 'nothing')
}
INPUT
cat > sanitizers.js <<'SANITIZERS'
import DOMPurify from 'dompurify'
import sanitizeHtml from 'sanitize-html'
import rehypeParse from 'rehype-parse'
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize'
import rehypeStringify from 'rehype-stringify'
import { unified } from 'unified'
import { html, left } from './input.js'

const schema = {
  ...defaultSchema,
  tagNames: [...defaultSchema.tagNames, 'x-phone', 'x-call-button'],
  attributes: { ...defaultSchema.attributes, 'x-phone': ['server', 'user-id'], 'x-call-button': ['to'] },
}
const camelCase = { ...schema, attributes: { ...schema.attributes, 'x-phone': ['server', 'userId'] } }
const rehype = (sanitized) =>
  String(
    unified()
      .use(rehypeParse, { fragment: true })
      .use(rehypeSanitize, sanitized)
      .use(rehypeStringify)
      .processSync(html),
  )
const place = document.body.appendChild(document.createElement('div'))
function set() {
  place.setHTML(html)
  return place.innerHTML
}
function setAllowing() {
  const sanitizer = new Sanitizer()
  sanitizer.allowElement({ name: 'x-phone', attributes: ['server', 'user-id'] })
  sanitizer.allowElement({ name: 'x-call-button', attributes: ['to'] })
  place.setHTML(html, { sanitizer })
  return place.innerHTML
}

const seen = {
  DOMPurify: DOMPurify.sanitize(html),
  'DOMPurify, tagNameCheck alone': DOMPurify.sanitize(html, { CUSTOM_ELEMENT_HANDLING: { tagNameCheck: /^x-/ } }),
  'DOMPurify, ADD_TAGS and ADD_ATTR': DOMPurify.sanitize(html, {
    ADD_TAGS: ['x-phone', 'x-call-button'],
    ADD_ATTR: ['server', 'user-id', 'to'],
  }),
  'DOMPurify, set': DOMPurify.sanitize(html, {
    CUSTOM_ELEMENT_HANDLING: { tagNameCheck: /^x-/, attributeNameCheck: /^(server|user-id|to)$/ },
  }),
  'sanitize-html': sanitizeHtml(html),
  'sanitize-html, set': sanitizeHtml(html, {
    allowedTags: [...sanitizeHtml.defaults.allowedTags, 'x-phone', 'x-call-button'],
    allowedAttributes: {
      ...sanitizeHtml.defaults.allowedAttributes,
      'x-phone': ['server', 'user-id'],
      'x-call-button': ['to'],
    },
  }),
  'rehype-sanitize': rehype(),
  'rehype-sanitize, userId': rehype(camelCase),
  'rehype-sanitize, set': rehype(schema),
  setHTML: set(),
  'setHTML, set': setAllowing(),
}
window.seen = Promise.resolve(Object.fromEntries(Object.entries(seen).map(([name, markup]) => [name, left(markup)])))
SANITIZERS
cat > jquery-global.js <<'JQUERY'
import $ from 'jquery'
window.jQuery = window.$ = $
export default $
JQUERY
cat > editors.js <<'EDITORS'
import tinymce from 'tinymce/tinymce'
import 'tinymce/models/dom'
import 'tinymce/themes/silver'
import 'tinymce/icons/default'
import { ClassicEditor, Essentials, GeneralHtmlSupport, Paragraph } from 'ckeditor5'
import { Editor, Node } from '@tiptap/core'
import StarterKit from '@tiptap/starter-kit'
import { DOMParser as ProseParser, DOMSerializer, Schema } from 'prosemirror-model'
import { nodes as basicNodes, marks } from 'prosemirror-schema-basic'
import { $getRoot, $insertNodes, createEditor, DecoratorNode } from 'lexical'
import { $generateHtmlFromNodes, $generateNodesFromDOM } from '@lexical/html'
import Quill from 'quill'
import $ from './jquery-global.js'
import 'summernote/dist/summernote-lite.js'
import suneditor from 'suneditor'
import FroalaEditor from 'froala-editor'
import { html, left } from './input.js'

const attributesOf = { 'x-phone': ['server', 'user-id'], 'x-call-button': ['to'] }
const isInline = (tag) => tag === 'x-call-button'
const place = (tag = 'div') => document.body.appendChild(document.createElement(tag))
const fragment = () => new DOMParser().parseFromString(html, 'text/html')

const tinyMce = {
  custom_elements: 'x-phone,~x-call-button',
  extended_valid_elements: 'x-phone[server|user-id],x-call-button[to]',
}

const htmlSupport = { allow: [{ name: '$customElement' }, { name: /^x-/, attributes: true }] }

const sunEditor = {
  elementWhitelist: 'x-phone|x-call-button',
  attributeWhitelist: { 'x-phone': 'server|user-id', 'x-call-button': 'to' },
}

const { htmlAllowedTags, htmlAllowedAttrs, htmlAllowedEmptyTags } = FroalaEditor.DEFAULTS
const froala = {
  htmlAllowedTags: [...htmlAllowedTags, 'x-phone', 'x-call-button'],
  htmlAllowedAttrs: [...htmlAllowedAttrs, 'server', 'user-id', 'to'],
  htmlAllowedEmptyTags: [...htmlAllowedEmptyTags, 'x-phone'],
}

async function inTinyMce(options) {
  const [editor] = await tinymce.init({
    target: place('textarea'),
    license_key: 'gpl',
    skin: false,
    content_css: false,
    ...options,
  })
  editor.setContent(html)
  return editor.getContent()
}

async function inCkEditor(htmlSupport) {
  const editor = await ClassicEditor.create(place(), {
    licenseKey: 'GPL',
    plugins: [Essentials, Paragraph, GeneralHtmlSupport],
    htmlSupport,
    initialData: html,
  })
  return editor.getData().replaceAll('&nbsp;', ' ')
}

const nodes = Object.entries(attributesOf).map(([tag, attributes]) =>
  Node.create({
    name: tag,
    inline: isInline(tag),
    group: isInline(tag) ? 'inline' : 'block',
    content: isInline(tag) ? 'text*' : '',
    parseHTML: () => [{ tag }],
    addAttributes: () =>
      Object.fromEntries(
        attributes.map((name) => [name, { default: null, parseHTML: (element) => element.getAttribute(name) }]),
      ),
    renderHTML: ({ HTMLAttributes }) => [tag, HTMLAttributes, ...(isInline(tag) ? [0] : [])],
  }),
)

const asTheyCome = nodes.map((node) =>
  node.extend({
    addAttributes: () => Object.fromEntries(attributesOf[node.name].map((name) => [name, { default: null }])),
  }),
)

const inTiptap = (own) => new Editor({ element: place(), extensions: [StarterKit, ...own], content: html }).getHTML()

const spec = (tag, attributes) => ({
  inline: isInline(tag),
  group: isInline(tag) ? 'inline' : 'block',
  content: isInline(tag) ? 'text*' : '',
  attrs: Object.fromEntries(attributes.map((name) => [name, { default: null }])),
  parseDOM: [
    { tag, getAttrs: (element) => Object.fromEntries(attributes.map((name) => [name, element.getAttribute(name)])) },
  ],
  toDOM: (node) => [tag, node.attrs, ...(isInline(tag) ? [0] : [])],
})
const specs = Object.fromEntries(Object.entries(attributesOf).map(([tag, names]) => [tag, spec(tag, names)]))

function inProseMirror(own) {
  const schema = new Schema({ nodes: { ...basicNodes, ...own }, marks })
  const output = place()
  DOMSerializer.fromSchema(schema).serializeFragment(
    ProseParser.fromSchema(schema).parse(fragment().body).content,
    {},
    output,
  )
  return output.innerHTML
}

/** A node that keeps its element as it was written. */
class Written extends DecoratorNode {
  static getType() {
    return 'written'
  }
  static clone(node) {
    return new Written(node.__markup, node.__key)
  }
  static importDOM() {
    const take = (element) => ({
      priority: 1,
      conversion: () => ({ node: new Written(element.outerHTML), after: () => [] }),
    })
    return { 'x-phone': take, 'x-call-button': take }
  }
  constructor(markup = '', key) {
    super(key)
    this.__markup = markup
  }
  exportDOM() {
    return { element: new DOMParser().parseFromString(this.__markup, 'text/html').body.firstElementChild }
  }
  createDOM() {
    return document.createElement('span')
  }
  updateDOM() {
    return false
  }
  isInline() {
    return this.__markup.startsWith('<x-call-button')
  }
}

function inLexical(nodes) {
  const editor = createEditor({
    nodes,
    onError: (error) => {
      throw error
    },
  })
  let markup = ''
  editor.update(
    () => {
      $getRoot().clear().select()
      $insertNodes($generateNodesFromDOM(editor, fragment()))
      markup = $generateHtmlFromNodes(editor)
    },
    { discrete: true },
  )
  return markup
}

function inQuill() {
  const quill = new Quill(place())
  quill.clipboard.dangerouslyPasteHTML(html)
  return quill.root.innerHTML
}

function registerInQuill() {
  const read = (node) => Object.fromEntries(attributesOf[node.localName].map((name) => [name, node.getAttribute(name)]))
  const written = (Blot, tag) =>
    class extends Blot {
      static blotName = tag
      static tagName = tag
      static value = read
      static formats = read
      static create(attributes) {
        const node = super.create(attributes)
        for (const [name, value] of Object.entries(attributes)) if (value !== null) node.setAttribute(name, value)
        return node
      }
    }
  Quill.register(written(Quill.import('blots/block/embed'), 'x-phone'))
  Quill.register(written(Quill.import('blots/inline'), 'x-call-button'))
}

function inSummernote() {
  const area = $(place())
  area.summernote()
  area.summernote('code', html)
  return area.summernote('code')
}

function inSunEditor(options) {
  return new Promise((resolve) => {
    const editor = suneditor.create(place('textarea'), {
      value: html,
      ...options,
      events: { onload: () => resolve(editor.$.html.get()) },
    })
  })
}

function inFroala(options) {
  return new Promise((resolve) => {
    new FroalaEditor(place(), { ...options, attribution: false }, function () {
      this.html.set(html)
      resolve(this.html.get())
    })
  })
}

const subjects = {
  TinyMCE: () => inTinyMce(),
  'TinyMCE, set': () => inTinyMce(tinyMce),
  'CKEditor 5': () => inCkEditor({ allow: [] }),
  'CKEditor 5, the names alone': () => inCkEditor({ allow: [{ name: /^x-/, attributes: true }] }),
  'CKEditor 5, set': () => inCkEditor(htmlSupport),
  Tiptap: () => inTiptap([]),
  'Tiptap, attributes as they come': () => inTiptap(asTheyCome),
  'Tiptap, set': () => inTiptap(nodes),
  ProseMirror: () => inProseMirror({}),
  'ProseMirror, set': () => inProseMirror(specs),
  Lexical: () => inLexical([]),
  'Lexical, set': () => inLexical([Written]),
  Quill: () => inQuill(),
  'Quill, set': () => {
    registerInQuill()
    return inQuill()
  },
  Summernote: () => inSummernote(),
  SunEditor: () => inSunEditor(),
  'SunEditor, set': () => inSunEditor(sunEditor),
  Froala: () => inFroala(),
  'Froala, without htmlAllowedEmptyTags': () => inFroala({ htmlAllowedTags: ['.*'], htmlAllowedAttrs: ['.*'] }),
  'Froala, set': () => inFroala(froala),
}

async function tryAll() {
  const seen = {}
  for (const [name, subject] of Object.entries(subjects)) {
    const markup = await Promise.resolve()
      .then(subject)
      .catch((error) => `ERROR ${error.stack}`)
    seen[name] = left(markup)
  }
  return seen
}
window.seen = tryAll()
EDITORS
cat > run.mjs <<'RUN'
import { readFile } from 'node:fs/promises'
import http from 'node:http'
import { build } from 'esbuild'
import puppeteer from 'puppeteer-core'

const [, , executablePath, ...names] = process.argv
await build({
  entryPoints: names.map((name) => `${name}.js`),
  bundle: true,
  format: 'esm',
  outdir: 'out',
  logLevel: 'error',
  define: { 'process.env.NODE_ENV': '"production"' },
})
const server = http.createServer(async (request, reply) => {
  const [, name, ending] = /^\/(\w+)\.(js|html)$/.exec(request.url) ?? []
  if (!name) return reply.writeHead(404).end()
  reply.setHeader('content-type', ending === 'js' ? 'text/javascript' : 'text/html')
  reply.end(
    ending === 'js'
      ? await readFile(`out/${name}.js`)
      : `<!doctype html><title>x</title><body><script type="module" src="/${name}.js"></script>`,
  )
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const browser = await puppeteer.launch({ executablePath, args: ['--no-sandbox'] })
for (const name of names) {
  const page = await browser.newPage()
  page.on('pageerror', (error) => console.error(error.message))
  await page.goto(`http://127.0.0.1:${server.address().port}/${name}.html`)
  const seen = await page.evaluate(() => window.seen)
  for (const [what, is] of Object.entries(seen)) console.log(`${what}: ${is}`)
}
await browser.close()
server.close()
RUN
node run.mjs "$(command -v chromium || command -v google-chrome)" sanitizers editors | tee seen
if diff <(echo "$described") seen; then echo 'As described.'; else echo 'The behaviour has changed.'; exit 1; fi
