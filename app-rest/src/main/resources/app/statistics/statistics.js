import { html, nothing } from '../lib/lit/lit-html.js';
import { call } from '../api/client.js';
import { findHealth } from '../api/health.js';
import { Store } from '../base/store.js';
import { number, size, t } from '../i18n/i18n.js';
import { Remote } from '../ui/remote.js';
import { icon } from '../ui/icons.js';
import { select } from '../ui/view.js';
import { figures, monthly, ranked } from './charts.js';
import { condition, everything, named } from './host.js';

/** @import { Session } from '../api/session.js' */
/** @import { Health, HostStatistics, OwnerStatistics } from '../api/types.js' */
/** @import { Key } from '../i18n/i18n.js' */
/** @import { Measure } from './series.js' */

class Choice extends Store {
    /** @type {'all' | 'own'} */
    whose = 'own';
    /** @type {Measure} */
    measure = 'images';

    /** @param {Partial<Choice>} change */
    set(change) {
        Object.assign(this, change);
        this.changed();
    }
}

/**
 * How much there is: of one's own, and for administrators of everybody.
 *
 * @param {{ session: Session, rest: string[] }} visit the rest is the id of an owner who stands out, if any
 */
export function page({ session, rest: [marked = ''] }) {
    const choice = new Choice();
    /** @type {Remote<OwnerStatistics>} */
    const own = new Remote(() => call('GET', 'api/statistics'));
    const host = new Host(session, choice);
    return {
        stores: [choice, own, host],
        template: () => html`<section class="page statistics">
            <div class="page-head"><h1>${t('nav.statistics')}</h1>
                ${select({
                    label: t('statistics.measure'),
                    value: choice.measure,
                    options: ['images', 'bytes'].map((name) => [name, t(/** @type {Key} */ (`statistics.${name}`))]),
                    onChange: (value) => choice.set({ measure: /** @type {Measure} */ (value) }),
                })}</div>
            ${session.may('admin') && session.account ? html`<div class="tabs" role="group" aria-label=${t('statistics.whose')}>
                ${tab(choice, 'all')}${tab(choice, 'own')}</div>` : nothing}
            ${choice.whose === 'all' ? host.template(marked)
                : own.show((statistics) => mine(statistics, choice.measure))}
        </section>`,
    };
}

/** What administrators are told; nobody else is asked for it. */
class Host extends Store {
    /** @type {Remote<HostStatistics> | null} */
    #statistics = null;
    /** @type {Remote<Health> | null} */
    #health = null;

    /** @param {Session} session @param {Choice} choice */
    constructor(session, choice) {
        super();
        this.session = session;
        this.choice = choice;
        void session.known().then(() => this.#begin());
    }

    #begin() {
        if (this.session.may('admin') && this.session.account) {
            this.#statistics = new Remote(() => call('GET', 'api/admin/statistics'));
            this.#health = new Remote(findHealth);
            [this.#statistics, this.#health].forEach((part) => part.addEventListener('change', () => this.changed()));
            this.choice.set({ whose: 'all' });
        }
    }

    /** @param {string} marked */
    template(marked) {
        return html`
            ${this.#health?.show((health) => condition(health, this.session.info?.version ?? null))}
            ${this.#statistics?.show((statistics) =>
                everything(statistics, this.choice.measure, marked, () => this.#again()))}`;
    }

    #again() {
        void this.#statistics?.load();
        void this.#health?.load();
    }
}

/** @param {Choice} choice @param {'all' | 'own'} whose */
function tab(choice, whose) {
    return html`<button aria-pressed=${choice.whose === whose} @click=${() => choice.set({ whose })}>
        ${t(`statistics.whose.${whose}`)}</button>`;
}

/** @param {OwnerStatistics} statistics @param {Measure} measure */
function mine({ usage, quota, types, visibilities, months, isEstimate }, measure) {
    return html`
        ${figures([
            [t('statistics.images'), number(usage.images),
                quota.images === null ? '' : t('room.ofImages', { n: number(quota.images) })],
            [t('statistics.uploaded'), size(usage.bytes),
                quota.bytes === null ? '' : t('room.ofBytes', { size: size(quota.bytes) })],
        ])}
        ${isEstimate ? html`<p class="remark">${icon('info')}<span>${t('statistics.estimate')}</span></p>` : nothing}
        ${usage.images === 0 ? html`<p class="lead">${t('statistics.none')}</p>` : html`
            ${monthly(t('statistics.byMonth'), months, measure)}
            ${ranked(t('statistics.byType'), t('statistics.type'), named(types), measure)}
            ${ranked(t('statistics.byVisibility'), t('sharing.who'), visibilities.map((share) =>
                ({ ...share, name: t(/** @type {'public' | 'private'} */ (share.name)) })), measure)}`}`;
}
