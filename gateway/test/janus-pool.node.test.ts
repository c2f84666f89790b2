import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { JanusError } from '../src/janus/janus-message.ts'
import { JanusPool } from '../src/janus/janus-pool.ts'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

describe('media servers of which none can be reached', () => {
  it('are waited for no longer than is asked, although memory is collected meanwhile', async () => {
    const pool = new JanusPool(['ws://127.0.0.1:9'], {})
    const waiting = pool.createRooms({ patience: 1500, pictures: false }, new AbortController().signal)
    setTimeout(collectGarbage, 100)
    await assert.rejects(waiting, JanusError)
    await pool.close()
  })
})
