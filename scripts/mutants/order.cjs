// The order of test files is the one that is asked for. CommonJS, as jest loads it.
const { default: Sequencer } = require('@jest/test-sequencer')

module.exports = class AskedOrder extends Sequencer {
  sort(tests) {
    const order = JSON.parse(process.env.MUTANT_ORDER ?? '[]')
    const rank = ({ path }) => order.findIndex((name) => path.replaceAll('\\', '/').endsWith(name))
    return [...tests].sort((a, b) => rank(a) - rank(b))
  }
}
