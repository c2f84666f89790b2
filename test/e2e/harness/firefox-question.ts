import type { BrowserWindow } from './browser-window.ts'

/** WebDriver BiDi as Firefox speaks it; puppeteer has no words for the windows of Firefox itself. */
interface Connection {
  send(
    method: string,
    parameters: object,
  ): Promise<{
    readonly result: {
      readonly contexts?: readonly { readonly context: string }[]
      readonly result?: { readonly value?: unknown }
    }
  }>
}

/** Runs in a window of Firefox itself: presses the button of the question it shows; says whether there was one. */
const press = (button: string): string => `(() => {
  const shown = [...document.querySelectorAll('popupnotification')].find(
    (question) => PopupNotifications.isPanelOpen && !question.hidden && question.${button},
  )
  shown?.${button}.click()
  return Boolean(shown)
})()`

/** Answers what Firefox asks the person, as soon as it asks. The browser was launched as `pressable`. */
export async function answerFirefox({ page }: BrowserWindow, answer: 'Allow' | 'Block'): Promise<void> {
  const { connection } = page.browser() as unknown as { readonly connection: Connection }
  const expression = press(answer === 'Allow' ? 'button' : 'secondaryButton')
  await page.bringToFront()
  for (const deadline = Date.now() + 20_000; Date.now() < deadline;) {
    const tree = await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' })
    for (const { context } of tree.result.contexts ?? []) {
      const { result } = await connection.send('script.evaluate', {
        target: { context },
        expression,
        awaitPromise: false,
      })
      if (result.result?.value === true) return
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('Firefox asks nothing')
}
