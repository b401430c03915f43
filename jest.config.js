/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      'ts-jest',
      {
        useESM: true,
        diagnostics: false,
        tsconfig: {
          module: 'ESNext',
          moduleResolution: 'Bundler',
          target: 'ES2024',
          isolatedModules: true,
          verbatimModuleSyntax: true,
          esModuleInterop: true,
        },
      },
    ],
  },
  testTimeout: 120_000,
  // jest's own choice is one worker less than there are cores, which leaves one of two idle
  maxWorkers: 2,
}
