// The environment of the tests while mutants are tried. CommonJS, as jest loads it.
const { mkdirSync, writeFileSync } = require('node:fs')
const { join, relative } = require('node:path')
const { TestEnvironment } = require('jest-environment-node')

/** Of a process of which a test failed; jest's own is 1, also where it came to no test. */
const NOTICED = 3

/** Notes which mutants a test file comes to, where a folder for that is named; else stops at the first failure. */
module.exports = class MutantEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context)
    const { MUTANT_REACH } = process.env
    if (MUTANT_REACH === undefined) return
    const name = relative(config.projectConfig.rootDir, context.testPath).replaceAll(/[\\/]/g, '+')
    this.folder = join(MUTANT_REACH, name)
    mkdirSync(this.folder, { recursive: true })
    this.global.process.env.__STRYKER_REACH__ = this.folder
  }

  async teardown() {
    const reached = Object.keys(this.global.__stryker__?.mutantCoverage?.static ?? {})
    if (this.folder !== undefined) writeFileSync(join(this.folder, 'here.json'), JSON.stringify(reached))
    await super.teardown()
  }

  handleTestEvent({ name, test }) {
    if (this.folder === undefined && name === 'test_done' && test.errors.length > 0) process.exit(NOTICED)
  }
}
