import { linksIn } from './upload/collect.js';

/** @import { Collected } from './upload/collect.js' */

/** What the service worker keeps until it is taken. */
const SHARED = 'imagehost-shared';

/** Lets the browser install the page as a program, where it can: with TLS, or on this machine. */
export async function install() {
    if (!('serviceWorker' in navigator)) {
        return;
    }
    const types = /** @type {any} */ (globalThis).trustedTypes;
    const policy = types?.createPolicy('imagehost', { createScriptURL: (/** @type {string} */ url) => url });
    const script = new URL('service-worker.js', document.baseURI).href;
    try {
        await navigator.serviceWorker.register(policy ? policy.createScriptURL(script) : script);
    } catch {
        // a browser that refuses shows the page all the same
    }
}

/** What other programs have shared with the page; it is not there any more afterwards. @returns {Promise<Collected>} */
export async function takeShared() {
    /** @type {Collected} */
    const collected = { files: [], links: [], hidden: 0 };
    const shared = await caches.open(SHARED);
    for (const request of await shared.keys()) {
        const answer = await shared.match(request);
        const name = answer?.headers.get('X-Name');
        if (answer && name) {
            const blob = await answer.blob();
            collected.files.push(new File([blob], decodeURIComponent(name), { type: blob.type }));
        } else if (answer) {
            collected.links.push(...linksIn(await answer.text()).slice(0, 1));
        }
    }
    await caches.delete(SHARED);
    return collected;
}

/** Nothing of what somebody shared stays. */
export async function forgetShared() {
    if ('caches' in globalThis) {
        await caches.delete(SHARED);
    }
}
