import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import remapping from '@jridgewell/remapping'

/**
 * Makes the bundler's source maps, which lead to what was compiled in the folder `built`, ones that lead to the sources, by
 * absolute paths. Code no longer names them: Node would copy them into each of its reports.
 */
export function leadToSources(folder: string, built: string): void {
  for (const map of readdirSync(folder).filter((name) => name.endsWith('.js.map'))) leadMap(join(folder, map), built)
}

function leadMap(map: string, built: string): void {
  const script = map.replace(/\.map$/, '')
  // The bundler's names are those of its working folder, behind one "../"
  const pathOf = (name: string | null) => resolve(built, 'dist', name ?? '')
  const composed = remapping(readFileSync(map, 'utf8'), (name) => {
    const compiled = `${pathOf(name)}.map`
    return existsSync(compiled) && !name.includes('node_modules') ? readFileSync(compiled, 'utf8') : null
  })
  writeFileSync(map, JSON.stringify({ ...composed, sources: composed.sources.map(pathOf) }))
  writeFileSync(script, readFileSync(script, 'utf8').replaceAll(/^\/\/# sourceMappingURL=.*$/gm, '//'))
}
