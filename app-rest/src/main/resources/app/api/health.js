import { ApiError, SERVICE } from './client.js';

/** @import { Health } from './types.js' */

const PATIENCE_MS = 20_000;

/**
 * How the service is, also when it is not well.
 *
 * @returns {Promise<Health>}
 * @throws {ApiError} if it does not say
 */
export async function findHealth() {
    const answer = await fetch(new URL('health', SERVICE), {
        cache: 'no-store',
        signal: AbortSignal.timeout(PATIENCE_MS),
    }).catch(() => null);
    const health = await answer?.json().catch(() => null);
    if (typeof health?.status !== 'string') {
        throw new ApiError(answer?.status ?? 0, answer ? 'not_understood' : 'unreachable');
    }
    return health;
}
