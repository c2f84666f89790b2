import { expect } from '@open-wc/testing'
import { allDefined } from './all-defined.ts'
import { autoload, loadTag, provideTags } from './autoload.ts'

/** Tags of these tests, and how often the file of each was asked for. */
const asked = new Map<string, number>()
let names = 0

/** A tag that nobody has registered; `load` is what its file does. */
function newTag(load?: () => Promise<unknown>): string {
  const tag = `att-loaded-${++names}`
  const register = async (): Promise<void> => {
    customElements.define(tag, class extends HTMLElement {})
  }
  provideTags({
    [tag]: () => {
      asked.set(tag, (asked.get(tag) ?? 0) + 1)
      return (load ?? register)()
    },
  })
  return tag
}

function place(markup: string): HTMLElement {
  const element = document.createElement('div')
  element.innerHTML = markup
  document.body.append(element)
  return element
}

describe('The loader of tags', () => {
  let end: AbortController
  let host: HTMLElement | undefined

  beforeEach(() => {
    end = new AbortController()
  })
  afterEach(() => {
    end.abort()
    host?.remove()
  })

  const watch = (root?: Document | ShadowRoot | Element): void => autoload(root, { signal: end.signal })

  it('registers a tag that the page holds', async () => {
    const tag = newTag()
    host = place(`<${tag}></${tag}>`)
    watch()
    await customElements.whenDefined(tag)
  })

  it('registers a tag that comes into the page later, inside of something else', async () => {
    const tag = newTag()
    watch()
    host = place(`<section><p><${tag}></${tag}></p></section>`)
    await customElements.whenDefined(tag)
  })

  it('registers a tag that is inserted by itself', async () => {
    const tag = newTag()
    watch()
    host = document.createElement(tag)
    document.body.append(host)
    await customElements.whenDefined(tag)
  })

  it('looks into a shadow root that it is given', async () => {
    const tag = newTag()
    host = place('')
    const root = host.attachShadow({ mode: 'open' })
    watch(root)
    root.innerHTML = `<${tag}></${tag}>`
    await customElements.whenDefined(tag)
  })

  it('fetches a tag once, however often it stands there', async () => {
    const tag = newTag()
    host = place(`<${tag}></${tag}><${tag}></${tag}>`)
    watch()
    host.append(document.createElement(tag))
    await customElements.whenDefined(tag)
    expect(asked.get(tag)).to.equal(1)
  })

  it('does not fetch a tag that the page does not hold', async () => {
    const absent = newTag()
    const present = newTag()
    watch()
    host = place(`<${present}></${present}>`)
    await customElements.whenDefined(present)
    expect(asked.has(absent)).to.equal(false)
  })

  it('does not fetch a tag that is registered', async () => {
    const tag = newTag()
    customElements.define(tag, class extends HTMLElement {})
    await loadTag(tag)
    expect(asked.has(tag)).to.equal(false)
  })

  it('stops with its signal', async () => {
    const late = newTag()
    const marker = newTag()
    watch()
    end.abort()
    host = place(`<${late}></${late}>`)
    const still = new AbortController()
    autoload(place(`<${marker}></${marker}>`), { signal: still.signal })
    await customElements.whenDefined(marker)
    still.abort()
    expect(asked.has(late)).to.equal(false)
  })

  it('asks again for a file that could not be loaded when the tag comes again', async () => {
    let works = false
    const tag = newTag(async () => {
      if (!works) throw new TypeError('Failed to fetch')
      customElements.define(tag, class extends HTMLElement {})
    })
    await loadTag(tag)
    works = true
    await loadTag(tag)
    expect(customElements.get(tag)).to.be.a('function')
  })
})

describe('allDefined()', () => {
  let host: HTMLElement | undefined
  afterEach(() => host?.remove())

  it('fetches what the page holds and is not there yet', async () => {
    const tag = newTag()
    host = place(`<${tag}></${tag}>`)
    await allDefined()
    expect(customElements.get(tag)).to.be.a('function')
  })

  it('does not wait for a tag that the family does not have', async () => {
    host = place('<att-unheard-of></att-unheard-of>')
    await allDefined()
  })

  it('does not wait for a tag whose file cannot be loaded', async () => {
    const tag = newTag(() => Promise.reject(new TypeError('Failed to fetch')))
    host = place(`<${tag}></${tag}>`)
    await allDefined()
  })

  it('waits until a tag is drawn', async () => {
    let drawn = false
    const tag = newTag(async () => {
      customElements.define(
        tag,
        class extends HTMLElement {
          readonly updateComplete = Promise.resolve().then(() => (drawn = true))
        },
      )
    })
    host = place(`<${tag}></${tag}>`)
    await allDefined()
    expect(drawn).to.equal(true)
  })

  it('looks into a shadow root that it is given', async () => {
    const tag = newTag()
    host = place('')
    const root = host.attachShadow({ mode: 'open' })
    root.innerHTML = `<${tag}></${tag}>`
    await allDefined(root)
    expect(customElements.get(tag)).to.be.a('function')
  })
})
