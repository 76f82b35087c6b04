import { html } from './lib/lit/lit-html.js';
import { ApiError, call, doors, explain, load } from './api/client.js';
import { Session } from './api/session.js';
import { settings } from './base/settings.js';
import { Store } from './base/store.js';
import { addressOf, albumQuery, queryOf } from './gallery/pages.js';
import { bottomBar, header } from './header.js';
import { Home } from './home.js';
import { language, t } from './i18n/i18n.js';
import { notice, show } from './ui/view.js';

/** @import { Query } from './api/images.js' */
/** @import { Key } from './i18n/i18n.js' */
/** @import { Collected } from './upload/collect.js' */

/**
 * What a page of its own gets, and what it answers: its template, and what it shows.
 *
 * @typedef {{ session: Session, rest: string[], onLogin: () => Promise<void>, onLogOut: () => void }} Visit
 * @typedef {{ template: () => unknown, stores?: Store[] }} Shown
 */

/** @type {Record<string, { load: () => Promise<{ page: (visit: Visit) => Shown }>, title: Key, isOpen?: boolean }>} */
const PAGES = {
    login: { load: () => import('./account/login.js'), title: 'login', isOpen: true },
    albums: { load: () => import('./albums/page.js'), title: 'nav.albums' },
    clients: { load: () => import('./account/clients.js'), title: 'nav.clients', isOpen: true },
    tokens: { load: () => import('./account/tokens.js'), title: 'nav.tokens' },
    sessions: { load: () => import('./account/sessions.js'), title: 'nav.sessions' },
    statistics: { load: () => import('./statistics/statistics.js'), title: 'nav.statistics' },
    invitation: { load: () => import('./account/invitation.js'), title: 'invited', isOpen: true },
    owners: { load: () => import('./admin/owners.js'), title: 'nav.owners' },
    invitations: { load: () => import('./admin/invitations.js'), title: 'nav.invitations' },
    audit: { load: () => import('./admin/audit.js'), title: 'nav.audit' },
};

/** How long what people do next waits for the first picture. */
const LONGEST_WAIT_MS = 2_000;

/** How many of the shared pictures are named before they are uploaded. */
const MOST_NAMES = 5;

const element = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));

const session = new Session();
/** Where the page is. */
const place = new Store();
const home = new Home(
    { album: element('album'), upload: element('upload'), queue: element('queue'), gallery: element('gallery') },
    session,
    { find, open: (id) => go(`#/image/${id}`), replace, leaveViewer, toAlbums: () => go('#/albums') },
);
/** The other windows of this browser. */
const windows = new BroadcastChannel('imagehost');
let leavePage = () => {};
/** How far the gallery was scrolled when another page came. */
let scrolled = 0;
/** Whether the viewer was opened from the gallery, so that Back leads there. */
let isGalleryBehind = false;
/** The page that is shown in place of the pictures; empty if they are. */
let shown = '';
let visits = 0;

/** @param {string} hash */
function go(hash) {
    isGalleryBehind = hash.startsWith('#/image/');
    location.hash = hash;
}

/** @param {Query} query @param {boolean} [isTyped] whether it is one of many that follow each other */
function find(query, isTyped = false) {
    const address = addressOf(query);
    history[isTyped || address === location.hash ? 'replaceState' : 'pushState'](null, '', address);
    route();
}

/** Shows another picture in the viewer. @param {number} id */
function replace(id) {
    history.replaceState(null, '', `#/image/${id}`);
    void home.view(id);
}

function leaveViewer() {
    if (isGalleryBehind) {
        history.back();
    } else {
        go(addressOf(home.pages.query));
    }
}

/** Shows what the address says. */
function route() {
    document.querySelectorAll('dialog[open]:not(.viewer)').forEach((dialog) =>
        /** @type {HTMLDialogElement} */ (dialog).close());
    const [path, query = ''] = location.hash.slice(1).split('?');
    const [, name = '', ...rest] = path.split('/');
    const isOut = session.state === 'out' && !session.may('upload');
    if (isOut && !PAGES[name]?.isOpen) {
        void visit('login', []);
    } else if (Object.hasOwn(PAGES, name)) {
        void visit(name, rest);
    } else if (name === 'shared') {
        void uploadShared();
    } else if (name === 'image' && /^\d+$/.test(rest[0] ?? '')) {
        showHome(home.pages.query);
        void home.view(Number(rest[0]));
    } else if (name === 'album' && /^\d+$/.test(rest[0] ?? '')) {
        showAlbum(albumQuery(rest[0]));
    } else {
        showHome(queryOf(new URLSearchParams(query)));
    }
    place.changed();
}

/** Whoever comes to an album wants to see which one it is. @param {Query} query */
function showAlbum(query) {
    const isThere = addressOf(home.pages.query) === addressOf(query);
    showHome(query);
    if (!isThere) {
        scrollTo({ top: 0, behavior: 'instant' });
    }
}

/** @param {Query} query */
function showHome(query) {
    visits++;
    shown = '';
    showTitle();
    if (!location.hash.startsWith('#/image/')) {
        home.closeViewer();
        isGalleryBehind = false;
    }
    showPage(null);
    home.find(query);
}

/** Uploads what another program has shared, once it is known who that is. */
async function uploadShared() {
    if (session.state !== 'unknown') {
        history.replaceState(null, '', '#/');
        route();
        const { takeShared } = await load(() => import('./install.js'));
        const shared = await takeShared();
        if (await isMeant(shared)) {
            await home.add(shared);
        }
    }
}

/** Any website can share in the name of whoever looks at it, so people are asked. @param {Collected} shared */
async function isMeant({ files, links }) {
    const names = [...files.map(({ name }) => name), ...links];
    if (names.length === 0) {
        return false;
    }
    const { ask } = await load(() => import('./ui/dialog.js'));
    return ask({
        title: t('shared', { n: names.length }),
        text: names.slice(0, MOST_NAMES).join(', ') + (names.length > MOST_NAMES ? ', …' : ''),
        yes: t('shared.yes'),
    });
}

/** @param {string} name @param {string[]} rest what its address says besides; secrets are taken out of it */
async function visit(name, rest) {
    if (shown === name && rest.length === 0) {
        return;
    }
    const number = ++visits;
    home.closeViewer();
    home.forgetAlbum();
    const { page } = await load(PAGES[name].load);
    if (number === visits) {
        shown = name;
        showTitle();
        showPage(page({ session, rest, onLogin, onLogOut }));
    }
}

function showTitle() {
    const title = shown === '' ? home.pages.album?.name : t(PAGES[shown].title);
    document.title = title ? `${title} · imagehost` : 'imagehost';
}

/** Shows a page in place of the pictures, which stay as they are. @param {Shown | null} page null if the pictures are shown again */
function showPage(page) {
    const isHome = page === null;
    const wasHome = !element('home').hidden;
    const hadFocus = document.activeElement !== document.body;
    if (wasHome && !isHome) {
        scrolled = scrollY;
    }
    leavePage();
    leavePage = page ? show(element('page'), page.template, session, ...(page.stores ?? [])) : () => {};
    element('page').hidden = isHome;
    element('home').hidden = !isHome;
    if (isHome !== wasHome) {
        scrollTo({ top: isHome ? scrolled : 0, behavior: 'instant' });
    }
    if (hadFocus && !(document.activeElement !== document.body && document.activeElement?.checkVisibility())) {
        // whoever uses keys goes on in what has come
        element('main').focus({ preventScroll: true });
    }
}

/** Goes on where somebody was when the service wanted to know who it is. */
async function onLogin() {
    const before = session.account?.id;
    await session.find();
    if (session.account?.id !== before) {
        home.forget();
    }
    if (/^#\/(login|invitation$)/.test(location.hash)) {
        history.replaceState(null, '', '#/');
    }
    route();
    (await home.startedQueue)?.resume();
}

/** Nothing of what was seen stays, neither here nor in the other windows of this browser. */
function onLogOut() {
    windows.postMessage('logged out');
    beginAnew();
}

function beginAnew() {
    location.replace(location.pathname);
}

async function openMenu() {
    const { openMenuDialog } = await load(() => import('./menu.js'));
    openMenuDialog({ session, help, logOut });
}

async function logOut() {
    await call('DELETE', 'api/session', { quiet: true });
    const { forgetShared } = await load(() => import('./install.js'));
    await forgetShared();
    onLogOut();
}

async function help() {
    const { openHelp } = await load(() => import('./help.js'));
    openHelp();
}

/** What somebody has chosen for this browser. */
function applySettings() {
    const root = document.documentElement;
    root.dataset.theme = settings.get('theme');
    root.dataset.motion = settings.get('motion');
    root.lang = language.tag;
}

/** What of the page is not older than the service can be shown no more. */
function tellOld() {
    showPage({
        template: () => notice({
            isPage: true,
            picture: 'retry',
            title: t('page.old'),
            text: t('page.oldText'),
            actions: html`<button class="primary" @click=${() => location.reload()}>${t('page.reload')}</button>`,
        }),
    });
}

/** What nobody else has told somebody who has done something. @param {PromiseRejectionEvent} event */
async function tellFailure(event) {
    const error = event.reason;
    if (!(error instanceof ApiError)) {
        return;
    }
    event.preventDefault();
    if (error.code !== 'old_page') {
        const { toasts } = await import('./ui/toast.js');
        toasts.add('failedWith', { why: explain(error) }, { isAlarming: true });
    }
}

/** Returns when there is a picture, or there will be none; all else has to wait for that. */
function somethingToSee() {
    return new Promise((resolve) => {
        const look = () => {
            if (!session.may('read') || (home.pages.state !== 'loading' && home.pages.pictures.length === 0)) {
                resolve(null);
            }
        };
        element('gallery').addEventListener('load', resolve, { capture: true, once: true });
        home.pages.addEventListener('change', look);
        setTimeout(resolve, LONGEST_WAIT_MS);
        look();
    });
}

async function start() {
    applySettings();
    settings.addEventListener('change', applySettings);
    language.addEventListener('change', applySettings);
    language.addEventListener('change', showTitle);
    home.pages.addEventListener('change', showTitle);
    const parts = { session, home, openMenu };
    show(element('top'), () => header(parts), session, place, home.pages);
    show(element('bottom'), () => bottomBar(parts), session, place);
    doors.addEventListener('login', () => {
        if (session.state === 'in') {
            session.end();
            route();
        }
    });
    doors.addEventListener('old', tellOld);
    windows.addEventListener('message', beginAnew);
    // a browser may keep the page as it was and show it again at Back
    addEventListener('pageshow', ({ persisted }) => persisted && session.isPerson && beginAnew());
    addEventListener('unhandledrejection', tellFailure);
    addEventListener('hashchange', route);
    // the pictures don't wait until it is known who asks: whoever may not see them is not answered
    const known = session.find();
    route();
    await known;
    route();
    await somethingToSee();
    const { toasts, toastRegion } = await load(() => import('./ui/toast.js'));
    show(element('toasts'), toastRegion, toasts);
    const { listenToKeys } = await load(() => import('./keys.js'));
    listenToKeys(home, help);
    await home.prepare();
    const { install } = await load(() => import('./install.js'));
    await install();
}

await start();
