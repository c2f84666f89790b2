import { adoptStyles, type CSSResultOrNative } from 'lit'

const sheets = new WeakMap<Document, Map<CSSResultOrNative, CSSStyleSheet>>()

function sheetOf(style: CSSResultOrNative, document: Document, view: typeof globalThis): CSSStyleSheet {
  let known = sheets.get(document)
  if (!known) sheets.set(document, (known = new Map<CSSResultOrNative, CSSStyleSheet>()))
  let sheet = known.get(style)
  if (!sheet) {
    sheet = new view.CSSStyleSheet()
    sheet.replaceSync('cssText' in style ? style.cssText : [...style.cssRules].map(({ cssText }) => cssText).join(''))
    known.set(style, sheet)
  }
  return sheet
}

/**
 * Gives a shadow root its styles, in any document: a sheet that was made in one document cannot be used
 * in another, and is taken off a root that moves there (CSSOM, adoptedStyleSheets).
 */
export function adoptDocumentStyles(root: ShadowRoot, styles: CSSResultOrNative[]): void {
  const { ownerDocument } = root
  const view = ownerDocument.defaultView as typeof globalThis | null
  if (ownerDocument === document) adoptStyles(root, styles)
  else if (view) root.adoptedStyleSheets = styles.map((style) => sheetOf(style, ownerDocument, view))
}
