import { expect, test } from '@jest/globals'
import { isActedUpon } from '../../src/download/acted-upon.ts'

const BY_TOOL: Readonly<Record<string, readonly string[]>> = {
  npm: ['package.json', 'package-lock.json', 'npm-shrinkwrap.json', 'node_modules/x/index.js'],
  'other package managers of JavaScript': ['pnpm-lock.yaml', 'yarn.lock', 'bun.lock', 'deno.json'],
  'build tools of JavaScript': ['nx.json', 'turbo.json', 'gulpfile.js', 'tsconfig.json', 'vite.config.ts'],
  make: ['Makefile', 'GNUmakefile', 'CMakeLists.txt', 'justfile', 'Taskfile.yml', 'configure'],
  Python: ['pyproject.toml', 'setup.py', 'conftest.py', 'tox.ini', 'Pipfile', 'requirements.txt', 'sitecustomize.py'],
  'Ruby and PHP': ['Gemfile', 'Gemfile.lock', 'Rakefile', 'Podfile', 'composer.json', 'phpunit.xml'],
  'Rust, Go and Elixir': ['Cargo.toml', 'build.rs', 'go.mod', 'vendor/x/y.go', 'mix.exs'],
  'the JVM': ['pom.xml', 'mvnw', 'gradlew', 'build.gradle', 'settings.gradle.kts', 'build.sbt'],
  '.NET': ['NuGet.Config', 'global.json', 'Directory.Build.props', 'x/app.csproj', 'app.sln'],
  containers: ['Dockerfile', 'compose.yaml', 'docker-compose.yml'],
  automation: ['action.yml', 'Jenkinsfile', 'Vagrantfile', 'Procfile', 'MODULE.bazel', 'main.tf'],
  'coding agents': ['CLAUDE.md', 'AGENTS.md', 'GEMINI.md', '.claude/settings.json'],
  shells: ['.envrc', '.profile', 'a/.husky/pre-commit'],
}

test.each(Object.entries(BY_TOOL))('what is acted on by %s', (_, names) => {
  expect(names.filter((name) => !isActedUpon(name))).toEqual([])
  expect(names.filter((name) => !isActedUpon(`in/${name.toUpperCase()}`))).toEqual([])
})

test('what is only read by those who are asked to', () => {
  const names = [
    'report.md',
    'package.json.md',
    'data/make.csv',
    'config.js',
    'gradle.txt',
    'configure.md',
    'a.b/c.txt',
  ]
  expect(names.filter(isActedUpon)).toEqual([])
})
