/**
 * Takes what other programs share with the page, and keeps the page's own files, so that it opens without a network.
 * It never keeps pictures, nor anything that the API answers.
 */

const FILES = 'imagehost-BUILD';
/** What was shared, until the page has taken it. */
const SHARED = 'imagehost-shared';

const worker = /** @type {any} */ (globalThis);
const page = new URL('./', worker.location.href);
const build = new URL('BUILD/', page);

worker.addEventListener('install', () => worker.skipWaiting());

worker.addEventListener('activate', (/** @type {any} */ event) => event.waitUntil(renew()));

worker.addEventListener('fetch', (/** @type {any} */ event) => {
    const { request } = event;
    if (request.method === 'POST' && request.url === new URL('shared', page).href) {
        event.respondWith(take(request));
    } else if (request.method === 'GET' && request.url.startsWith(build.href)) {
        event.respondWith(kept(request));
    } else if (request.mode === 'navigate' && new URL(request.url).pathname === page.pathname) {
        event.respondWith(newest(request));
    }
});

/** Other builds are not needed any more. */
async function renew() {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name !== FILES && name !== SHARED).map((name) => caches.delete(name)));
    await worker.clients.claim();
}

/** A file that never changes. @param {Request} request */
async function kept(request) {
    const files = await caches.open(FILES);
    const found = await files.match(request);
    if (found) {
        return found;
    }
    const answer = await fetch(request);
    if (answer.ok) {
        await files.put(request, answer.clone());
    }
    return answer;
}

/** The page itself, or how it was when there was a network. @param {Request} request */
async function newest(request) {
    const files = await caches.open(FILES);
    try {
        const answer = await fetch(request);
        if (answer.ok) {
            await files.put(page.href, answer.clone());
        }
        return answer;
    } catch {
        return (await files.match(page.href)) ?? Response.error();
    }
}

/** Keeps what is shared, and opens the page. @param {Request} request */
async function take(request) {
    const form = await request.formData();
    const shared = await caches.open(SHARED);
    const files = form.getAll('image').filter((part) => part instanceof File);
    for (const [index, file] of files.entries()) {
        const headers = { 'Content-Type': file.type, 'X-Name': encodeURIComponent(file.name) };
        await shared.put(new URL(`shared/${Date.now()}-${index}`, page), new Response(file, { headers }));
    }
    const text = [form.get('url'), form.get('text')].filter((part) => typeof part === 'string').join('\n').trim();
    if (text !== '') {
        await shared.put(new URL(`shared/${Date.now()}-text`, page), new Response(text));
    }
    return Response.redirect(new URL('#/shared', page).href, 303);
}
