/** In the bundles of the actions, this leads to the bundle `cloud` beside them (`scripts/bundle.ts`). */
export const loadCloud = () => import('./cloud-libraries.ts')
