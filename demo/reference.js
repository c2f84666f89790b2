/* Fills the page with what custom-elements.json says of a tag: the same file that editors read. */

/** The lists of an entry: title, then columns as [heading, text of the cell]. */
const lists = {
  attributes: [
    'Attributes and properties',
    ['Attribute', ({ name }) => name],
    ['Property', ({ fieldName }) => fieldName],
    ['Type', ({ type }) => type?.text],
    ['Default', (attribute) => attribute.default],
    ['Meaning', ({ description }) => description],
  ],
  properties: [
    'Properties without an attribute',
    ['Property', ({ name }) => name],
    ['Type', ({ type }) => type?.text],
    ['Meaning', ({ description }) => description],
  ],
  methods: [
    'Methods',
    ['Method', ({ name, parameters = [] }) => `${name}(${parameters.map((parameter) => parameter.name).join(', ')})`],
    ['Meaning', ({ description }) => description],
  ],
  events: [
    'Events',
    ['Event', ({ name }) => name],
    ['Type', ({ type }) => type?.text],
    ['Meaning', ({ description }) => description],
  ],
  slots: ['Slots', ['Slot', ({ name }) => name || 'default'], ['Meaning', ({ description }) => description]],
  cssParts: ['Parts', ['Part', ({ name }) => name], ['Meaning', ({ description }) => description]],
  cssProperties: [
    'Custom properties',
    ['Property', ({ name }) => name],
    ['Default', (property) => property.default],
    ['Meaning', ({ description }) => description],
  ],
  cssStates: [
    'Custom states',
    ['State', ({ name }) => `:state(${name})`],
    ['Meaning', ({ description }) => description],
  ],
}

/** Columns whose text is code. */
const codes = new Set(['Attribute', 'Property', 'Method', 'Event', 'Slot', 'Part', 'State', 'Type', 'Default'])

function make(name, attributes, ...content) {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
  element.append(...content)
  return element
}

/** Text with its `code` in backquotes. */
function prose(text = '') {
  return text.split('`').map((part, index) => (index % 2 ? make('code', {}, part) : part))
}

function cell(heading, text) {
  if (!text) return make('td', {})
  return make('td', {}, ...(codes.has(heading) ? [make('code', {}, text)] : prose(text)))
}

function table(id, [title, ...columns], entries) {
  const heads = columns.map(([heading]) => make('th', { scope: 'col' }, heading))
  const rows = entries.map((entry) => {
    const cells = columns.map(([heading, textOf]) => cell(heading, textOf(entry)))
    return make('tr', {}, ...cells)
  })
  return [
    make('h2', { id }, title),
    make(
      'div',
      { class: 'scroll', tabindex: '0', role: 'region', 'aria-labelledby': id },
      make('table', {}, make('thead', {}, make('tr', {}, ...heads)), make('tbody', {}, ...rows)),
    ),
  ]
}

function entriesOf(declaration, list) {
  const members = declaration.members ?? []
  if (list === 'methods') return members.filter(({ kind }) => kind === 'method')
  if (list !== 'properties') return declaration[list] ?? []
  return members.filter(({ kind, attribute }) => kind === 'field' && attribute === undefined)
}

function describe(place, declaration) {
  const wanted = place.dataset.only?.split(' ') ?? Object.keys(lists)
  for (const list of wanted) {
    const entries = entriesOf(declaration, list)
    if (entries.length > 0) place.append(...table(`reference-${list}`, lists[list], entries))
  }
}

const manifest = await (await fetch('/cdn/custom-elements.json')).json()
const declarations = manifest.modules.flatMap((module) => module.declarations ?? []).filter(({ tagName }) => tagName)

for (const place of document.querySelectorAll('.reference')) {
  const declaration = declarations.find(({ tagName }) => tagName === place.dataset.tag)
  if (declaration) describe(place, declaration)
  else place.append(make('p', {}, 'custom-elements.json does not tell of this tag yet.'))
}

const tags = document.querySelector('nav.tags')
tags?.append(
  ...declarations.map(({ tagName }) => {
    const here = location.pathname.endsWith(`/${tagName}.html`)
    return make('a', { href: `${tagName}.html`, ...(here && { 'aria-current': 'page' }) }, tagName)
  }),
)
