import type { Plugin } from 'vite'

/** Parts of JsSIP that a phone does not reach: messages, presence, requests outside of calls, its own WebSocket. */
const unused = /jssip\/lib\/(Message|Options|Subscriber|Notifier|WebSocketInterface)\.js$/

/**
 * Makes a bundle carry only what the phone uses of JsSIP. Its log goes too: it writes down whole messages, with what is
 * secret in them.
 */
export function slimJssip(): Plugin {
  return {
    name: 'slim-jssip',
    enforce: 'pre',
    load(id) {
      if (unused.test(id)) return 'module.exports = class {}'
      if (id.endsWith('jssip/package.json')) return '{ "title": "JsSIP", "version": "3" }'
      if (!id.endsWith('jssip/lib/Logger.js')) return null
      return 'const silent = () => {}; module.exports = class { debug = silent; warn = silent; error = silent }'
    },
    transform(code, id) {
      if (!id.includes('/jssip/lib/')) return null
      // Of the main module it would be the log itself that stays.
      const main = id.endsWith('/JsSIP.js')
        ? code.replace(/^.*require\('debug'\).*$/gm, '').replace(/^debug\(.*$/gm, '')
        : code
      return { code: main.replace(/^\s*logger\.(debug|warn)\(.*\);$/gm, ';'), map: null }
    },
  }
}
