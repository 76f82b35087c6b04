import { html, nothing } from '../lib/lit/lit-html.js';
import { repeat } from '../lib/lit/directives/repeat.js';
import { advice, explain } from '../api/client.js';
import { address } from '../api/images.js';
import { settings } from '../base/settings.js';
import { percent, size, span, t } from '../i18n/i18n.js';
import { copyLinks } from '../links/clipboard.js';
import { formatOptions, linkTo, sizeOptions } from '../links/formats.js';
import { icon } from '../ui/icons.js';
import { select, show } from '../ui/view.js';
import { canHash } from './digest.js';
import { isUnderWay } from './item.js';
import { Previews } from './previews.js';

/** @import { Item, State } from './item.js' */
/** @import { Queue } from './queue.js' */

/** More rows than anybody looks at. */
const MOST_ROWS = 1_000;
const SECOND = 1_000;

/**
 * The queue: what has become of each file, and the links of all.
 *
 * @param {HTMLElement} container
 * @param {Queue} queue
 */
export function showQueue(container, queue) {
    const previews = new Previews();
    setInterval(() => queue.pause && queue.changed(), SECOND);
    return show(container, () => queue.items.length + queue.hidden === 0 ? nothing : html`
        <section class="queue" aria-label=${t('queue')}>
            ${head(queue)}
            ${queue.pause ? waiting(queue) : nothing}
            <ol class="rows">${repeat(
                queue.items.slice(0, MOST_ROWS), ({ key }) => key, (item) => row(queue, previews, item))}</ol>
            ${remarks(queue)}
            <p class="out-of-sight" role="status">${queue.isBusy ? '' : summary(queue)}</p>
        </section>`, queue, settings, previews);
}

/** @param {Queue} queue @param {State} state */
function count(queue, state) {
    return queue.items.filter((item) => item.state === state).length;
}

/** In one line. @param {Queue} queue */
function summary(queue) {
    const left = queue.items.filter(isUnderWay).length;
    return [
        t('queue.done', { n: count(queue, 'done') }),
        ...(count(queue, 'failed') > 0 ? [t('queue.failed', { n: count(queue, 'failed') })] : []),
        ...(left > 0 ? [t('queue.left', { n: left })] : []),
    ].join(' · ');
}

/** @param {Queue} queue */
function head(queue) {
    const { pictures } = queue;
    const failed = count(queue, 'failed');
    return html`
        <div class="queue-head">
            <span class="queue-summary"><strong>${summary(queue)}</strong>
                ${failed > 0 ? html`<button class="link" @click=${showFailed}>${t('queue.showFailed')}</button>` : nothing}</span>
            ${pictures.length > 0 ? html`
                ${select({
                    label: t('format'),
                    value: settings.get('format'),
                    options: formatOptions(),
                    onChange: (value) => settings.set('format', value),
                })}
                ${select({
                    label: t('size'),
                    value: settings.get('size'),
                    options: sizeOptions(),
                    onChange: (value) => settings.set('size', value),
                })}
                <button class="primary" @click=${() => copyLinks(pictures)}>
                    ${icon('copy')}${t('queue.copyAll', { n: pictures.length })}</button>` : nothing}
            ${failed > 0 ? html`<button @click=${() => queue.retry()}>
                ${icon('retry')}${t('queue.retryAll', { n: failed })}</button>` : nothing}
            ${queue.isBusy
                ? html`<button @click=${() => queue.cancelAll()}>${t('queue.cancelAll')}</button>`
                : html`<button @click=${() => queue.clear()}>${t('queue.clear')}</button>`}
        </div>
        ${settings.get('format') === 'own' ? html`<label class="own-format">${t('format.template')}
            <input maxlength="500" .value=${settings.get('template')} autocomplete="off"
                @change=${(/** @type {{ target: HTMLInputElement }} */ { target }) =>
                    settings.set('template', target.value)}></label>` : nothing}
        ${queue.isBusy ? html`<progress class="whole" aria-label=${t('queue.progress')}
            max="1" value=${share(queue)}></progress>` : nothing}`;
}

/** Brings the first file into view that failed. @param {Event} event */
function showFailed({ target }) {
    const queue = /** @type {Element} */ (target).closest('.queue');
    queue?.querySelector('.queue-row.failed')?.scrollIntoView({ block: 'nearest' });
}

/** Of all bytes. @param {Queue} queue */
function share({ items }) {
    const all = items.filter(({ state }) => state !== 'cancelled');
    const bytes = all.reduce((sum, item) => sum + item.size, 1);
    const done = all.reduce((sum, item) => sum + item.size * (isUnderWay(item) ? item.progress : 1), 1);
    return done / bytes;
}

/** @param {Queue} queue */
function waiting(queue) {
    const { reason, until } = /** @type {import('./queue.js').Pause} */ (queue.pause);
    return html`<p class="remark waiting">
        ${icon(reason === 'unreachable' ? 'offline' : reason === 'login' ? 'lock' : 'clock')}
        <span>${t(`queue.wait.${reason}`)}
            ${until ? t('queue.again', { time: span(Math.max(1, (until - Date.now()) / SECOND)) }) : ''}</span>
        ${reason === 'login' ? nothing
            : html`<button class="link" @click=${() => queue.resume()}>${t('queue.now')}</button>`}
    </p>`;
}

/** What holds for the whole queue. @param {Queue} queue */
function remarks(queue) {
    const [first] = queue.pictures;
    const host = first && new URL(first.url).origin;
    return [
        queue.items.length > MOST_ROWS ? t('queue.more', { n: queue.items.length - MOST_ROWS }) : '',
        queue.hidden > 0 ? t('queue.hidden', { n: queue.hidden }) : '',
        host && host !== location.origin ? t('queue.elsewhere', { host }) : '',
        canHash() ? '' : t('queue.noPrecheck'),
    ].filter((text) => text !== '').map((text) => html`<p class="remark">${icon('info')}<span>${text}</span></p>`);
}

/** @param {Queue} queue @param {Previews} previews @param {Item} item */
function row(queue, previews, item) {
    return html`<li class="queue-row ${item.state}">
        <span class="row-picture">${pictureOf(previews, item)}</span>
        <span class="row-words">
            <span class="row-name">${item.name}</span>
            <span class="row-state">${stateOf(item)}</span>
        </span>
        ${item.state === 'sending' ? html`<progress max="1" value=${item.link ? nothing : item.progress}
            aria-label=${item.name}></progress>` : nothing}
        <span class="row-button">${buttonOf(queue, item)}</span>
    </li>`;
}

/** @param {Previews} previews @param {Item} item */
function pictureOf(previews, item) {
    if (item.state === 'failed') {
        return icon('warning');
    }
    return previews.of(item) ?? (item.picture
        ? html`<img src=${address(item.picture, '/thumb')} alt="" loading="lazy" decoding="async">`
        : icon('picture'));
}

/** @param {Item} item */
function stateOf(item) {
    switch (item.state) {
        case 'done':
            return done(item);
        case 'failed':
            return html`<span class="why">${explain(item.error)}</span> ${advice(item.error.code)}`;
        case 'sending':
            return item.picture ? t('row.filing') : item.link ? t('row.fetching') : sending(item);
        default:
            return t(`state.${item.state}`);
    }
}

/** @param {Item} item */
function sending({ size: bytes, progress, startedAt }) {
    const seconds = (performance.now() - startedAt) / SECOND;
    const speed = seconds > 0.5 && progress < 1 ? ` · ${t('row.speed', { size: size(bytes * progress / seconds) })}` : '';
    return progress < 1 ? `${percent(progress)} · ${size(bytes)}${speed}` : t('row.storing');
}

/** @param {Item} item */
function done({ picture, origin, name }) {
    if (!picture) {
        return nothing;
    }
    const remark = origin === 'new' ? '' : picture.originalName === name
        ? t(`row.${origin}`)
        : t(`row.${origin}As`, { name: picture.originalName });
    const link = linkTo(picture, settings.get('size'));
    return html`<a href=${link} target="_blank" rel="noopener">${link}</a>${remark
        ? html` <span class="tag">${remark}</span>` : nothing}`;
}

/** @param {Queue} queue @param {Item} item */
function buttonOf(queue, item) {
    const { picture } = item;
    if (picture) {
        return html`<button class="quiet" @click=${() => copyLinks([picture])}
            aria-label=${t('tile.copy', { name: item.name })}>${icon('copy')}<span>${t('copy')}</span></button>`;
    }
    if (isUnderWay(item)) {
        return html`<button class="quiet" @click=${() => queue.cancel(item)}
            aria-label=${t('row.cancelLabel', { name: item.name })}>${icon('close')}<span>${t('cancel')}</span></button>`;
    }
    return html`<button class="quiet" @click=${() => queue.retry([item])}
        aria-label=${t('row.retryLabel', { name: item.name })}>${icon('retry')}<span>${t('retry')}</span></button>`;
}
