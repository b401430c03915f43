/** All outputs of the unmount action; unmount/action.yml and its README list the same. */
export const UNMOUNT_OUTPUTS = ['removed-count', 'left-count'] as const
