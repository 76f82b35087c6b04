import { html, nothing } from '../lib/lit/lit-html.js';
import { dateTime, number, size, span, t } from '../i18n/i18n.js';
import { icon } from '../ui/icons.js';
import { divided, figures, monthly, ranked } from './charts.js';

/** @import { Health, HostStatistics } from '../api/types.js' */
/** @import { Key } from '../i18n/i18n.js' */
/** @import { Measure } from './series.js' */

/** Sweeps run every minute; one that is so far behind does not get on. */
const LONGEST_BACKLOG_SECONDS = 15 * 60;

const COMPONENTS = ['database', 'store', 'service'];

/**
 * How the service is, by what it tells everybody.
 *
 * @param {Health} health
 * @param {string | null} version of the program; null if nobody knows
 */
export function condition({ status, components = {} }, version) {
    return html`<section class="chart"><h2>${t('statistics.health')}</h2>
        <dl class="facts">${COMPONENTS.map((name) => {
            // whoever is well is named only if another is not
            const state = components[name] ?? (status === 'OK' || name in components ? 'UP' : 'UNKNOWN');
            return html`<div><dt>${t(/** @type {Key} */ (`statistics.${name}`))}</dt>
                <dd><span class="tag ${state === 'UP' ? '' : 'alarming'}">
                    ${t(/** @type {Key} */ (`statistics.is.${state}`))}</span></dd></div>`;
        })}
        ${version ? html`<div><dt>${t('statistics.version')}</dt><dd>${version}</dd></div>` : nothing}</dl>
    </section>`;
}

/**
 * All that there is, for administrators.
 *
 * @param {HostStatistics} host
 * @param {Measure} measure
 * @param {string} marked the id of an owner who stands out; empty for nobody
 * @param {() => void} countAgain
 */
export function everything({ countedAt, statistics, savedBytes, owners, backlog }, measure, marked, countAgain) {
    const { images, imageBytes, blobs, blobBytes, storedBytes, derived, derivedBytes, types, months } = statistics;
    return html`
        ${figures([
            [t('statistics.images'), number(images)],
            [t('statistics.uploaded'), size(imageBytes)],
            [t('statistics.contents'), number(blobs)],
            [t('statistics.stored'), size(storedBytes)],
            [t('statistics.derived', { n: derived }), size(derivedBytes)],
        ])}
        ${divided(t('statistics.once'), [[t('statistics.kept'), blobBytes], [t('statistics.saved'), savedBytes]])}
        ${sweeps(statistics, backlog)}
        ${monthly(t('statistics.byMonth'), months, measure)}
        ${ranked(t('statistics.byType'), t('statistics.type'), named(types), measure)}
        ${ranked(t('statistics.byOwner'), t('statistics.owner'), owners.map(({ id, name, usage }) =>
            ({ ...usage, name, isMarked: String(id) === marked })), measure)}
        <p class="lead counted">${t('statistics.counted', { date: dateTime(countedAt) })}
            <button class="link" @click=${countAgain}>${icon('retry')}${t('statistics.again')}</button></p>`;
}

/** What waits to be cleared up. @param {HostStatistics['statistics']} statistics @param {HostStatistics['backlog']} backlog */
function sweeps({ unfinished, condemned, missing }, { objects, seconds }) {
    const isLate = seconds > LONGEST_BACKLOG_SECONDS;
    return html`<section class="chart"><h2>${t('statistics.sweeps')}</h2>
        ${isLate ? html`<p class="remark alarming">${icon('warning')}<span>${t('statistics.late')}</span></p>` : nothing}
        ${missing > 0 ? html`<p class="remark alarming">${icon('warning')}<span>${t('statistics.missing', { n: missing })}</span></p>`
            : nothing}
        <dl class="facts">
            <div><dt>${t('statistics.backlog')}</dt><dd>${objects === 0 ? t('statistics.nothing')
                : t('statistics.since', { n: objects, time: span(Math.max(1, seconds)) })}</dd></div>
            <div><dt>${t('statistics.condemned')}</dt><dd>${number(condemned)}</dd></div>
            <div><dt>${t('statistics.unfinished')}</dt><dd>${number(unfinished)}</dd></div>
        </dl>
    </section>`;
}

/** As people call them. @param {import('../api/types.js').Share[]} types */
export function named(types) {
    return types.map((share) => ({ ...share, name: share.name.replace(/^image\//, '').toUpperCase() }));
}
