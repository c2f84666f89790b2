// What of JsSIP the network uses: the test runner serves modules as they are, and JsSIP comes as CommonJS.
export { NameAddrHeader, UA, Utils } from 'jssip'
