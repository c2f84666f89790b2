import { cliOptions, usage } from './cli-options.ts'
import { createGateway } from './gateway.ts'

/** How long open connections may take to close, in ms. */
const closeTimeout = 5000

function fail(error: unknown): void {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}

async function run(): Promise<void> {
  const options = cliOptions(process.argv.slice(2), process.env)
  if (!options) {
    console.log(usage)
    return
  }
  const gateway = createGateway(options)
  console.log(`att-phone gateway ready at ${await gateway.listen()}`)
  const stop = (): void => {
    setTimeout(() => process.exit(1), closeTimeout + (options.drainTime ?? 0) * 1000).unref()
    gateway.close().catch(fail)
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

run().catch(fail)
