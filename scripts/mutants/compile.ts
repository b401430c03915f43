import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import ts from 'typescript'
import type { Mutant } from './instrument.ts'

/** Tells whether the compiler takes a mutant. Of the working tree, which it only reads. */
export class Compiler {
  readonly #root: string
  readonly #names: readonly string[]
  readonly #options: ts.CompilerOptions
  readonly #host: ts.CompilerHost
  readonly #unchanged: ts.SemanticDiagnosticsBuilderProgram
  readonly #parsed = new Map<string, ts.SourceFile | undefined>()
  #changed: { readonly path: string; readonly text: string } | undefined

  constructor(root: string) {
    this.#root = root
    const config = ts.readConfigFile(join(root, 'tsconfig.build.json'), ts.sys.readFile)
    const { options, fileNames } = ts.parseJsonConfigFileContent(config.config, ts.sys, root)
    this.#options = { ...options, noEmit: true }
    this.#names = fileNames
    this.#host = this.#createHost()
    this.#unchanged = this.#program(undefined)
    if (this.#unchanged.getSemanticDiagnostics().length > 0) throw new Error('src does not compile')
  }

  takes(mutant: Mutant): boolean {
    const path = resolve(this.#root, mutant.file)
    this.#changed = { path, text: mutated(readFileSync(path, 'utf8'), mutant) }
    const program = this.#program(this.#unchanged)
    const file = program.getSourceFile(path)
    const isParsed = program.getSyntacticDiagnostics(file).length === 0
    // Of its own file alone: those that import it hardly ever say more, and to ask them takes four times as long.
    return isParsed && program.getSemanticDiagnostics(file).length === 0
  }

  #program(old: ts.SemanticDiagnosticsBuilderProgram | undefined): ts.SemanticDiagnosticsBuilderProgram {
    return ts.createSemanticDiagnosticsBuilderProgram(this.#names, this.#options, this.#host, old)
  }

  #createHost(): ts.CompilerHost {
    const host = ts.createIncrementalCompilerHost(this.#options)
    const parse = (path: string, text: string) => {
      const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2024, true)
      return Object.assign(file, { version: createHash('sha256').update(text).digest('hex') })
    }
    const getSourceFile: ts.CompilerHost['getSourceFile'] = (path, languageVersion) => {
      if (resolve(path) === this.#changed?.path) return parse(path, this.#changed.text)
      if (!this.#parsed.has(path)) this.#parsed.set(path, host.getSourceFile(path, languageVersion))
      return this.#parsed.get(path)
    }
    return { ...host, getSourceFile }
  }
}

/** The original that a mutant takes the place of. */
export function originalOf(text: string, { start, end }: Mutant): string {
  return text.slice(offsetOf(text, start), offsetOf(text, end))
}

function mutated(text: string, { start, end, replacement }: Mutant): string {
  return text.slice(0, offsetOf(text, start)) + replacement + text.slice(offsetOf(text, end))
}

function offsetOf(text: string, { line, column }: Mutant['start']): number {
  const before = text.split('\n').slice(0, line)
  return before.reduce((sum, each) => sum + each.length + 1, 0) + column
}
