import { foldPath } from './safe-path.ts'

/**
 * Names of files and folders that tools read and act on without being asked: package managers, build and test tools,
 * interpreters, containers, workflows, coding agents. The list cannot be complete; a folder of its own is what keeps
 * outputs and tools apart.
 */
const NAMES: ReadonlySet<string> = new Set(
  [
    ...['package.json', 'package-lock.json', 'npm-shrinkwrap.json', 'node_modules', 'bower_components'],
    ...[
      'pnpm-workspace.yaml',
      'pnpm-lock.yaml',
      'pnpmfile.cjs',
      'yarn.lock',
      'bun.lock',
      'bunfig.toml',
      'deno.json',
      'deno.jsonc',
    ],
    ...[
      'lerna.json',
      'nx.json',
      'turbo.json',
      'lefthook.yml',
      'lefthook.yaml',
      'gulpfile.js',
      'gruntfile.js',
      'tsconfig.json',
    ],
    ...[
      'makefile',
      'gnumakefile',
      'cmakelists.txt',
      'justfile',
      'taskfile.yml',
      'taskfile.yaml',
      'meson.build',
      'configure',
    ],
    ...['pyproject.toml', 'setup.py', 'setup.cfg', 'conftest.py', 'pytest.ini', 'tox.ini', 'noxfile.py', 'pipfile'],
    ...['sitecustomize.py', 'usercustomize.py', 'requirements.txt', 'site-packages', 'venv'],
    ...['gemfile', 'gemfile.lock', 'rakefile', 'podfile', 'fastfile', 'dangerfile', 'composer.json', 'phpunit.xml'],
    ...['cargo.toml', 'cargo.lock', 'build.rs', 'go.mod', 'go.work', 'vendor', 'mix.exs', 'rebar.config', 'stack.yaml'],
    ...[
      'pom.xml',
      'mvnw',
      'mvnw.cmd',
      'gradlew',
      'gradlew.bat',
      'gradle.properties',
      'gradle-wrapper.properties',
      'build.sbt',
    ],
    ...['nuget.config', 'global.json', 'directory.build.props', 'directory.build.targets', 'directory.packages.props'],
    ...['dockerfile', 'containerfile', 'compose.yml', 'compose.yaml', 'docker-compose.yml', 'docker-compose.yaml'],
    ...[
      'action.yml',
      'action.yaml',
      'jenkinsfile',
      'vagrantfile',
      'procfile',
      'workspace',
      'build',
      'build.bazel',
      'module.bazel',
    ],
    ...['claude.md', 'agents.md', 'gemini.md'],
  ].map(foldPath),
)

/** Names that tools look for: `jest.config.mjs`, `build.gradle.kts`, `x.csproj`, `main.tf`. */
const PATTERN =
  /\.(?:config|conf|setup|rc)\.[cm]?[jt]sx?$|\.gradle(?:\.kts)?$|\.(?:cs|fs|vb|vcx)proj$|\.sln$|\.targets$|\.tf$/

/** True for a name that some file system treats as hidden. */
export function isHidden(path: string): boolean {
  return path.split('/').some((segment) => foldPath(segment).startsWith('.'))
}

/** True if later steps may act on a file because of its name, or the name of a folder above it. */
export function isActedUpon(path: string): boolean {
  const folded = path.split('/').map(foldPath)
  return isHidden(path) || folded.some((name) => NAMES.has(name)) || PATTERN.test(folded.at(-1) ?? '')
}
