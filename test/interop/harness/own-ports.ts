/** Below the ports that the system gives to every program that asks for any, and above those baresip takes for its media. */
const first = 20_000
/** Test files run beside each other: each process has ports of its own. */
const portsOfProcess = 1600
const processes = 7

let given = 0

/** Ports in a row for one more server of this process. */
export function ownPorts(count = 400): { readonly first: number; readonly last: number } {
  if (given + count > portsOfProcess) given = 0
  const from = first + (process.pid % processes) * portsOfProcess + given
  given += count
  return { first: from, last: from + count - 1 }
}
