import { html, nothing } from '../lib/lit/lit-html.js';
import { settings } from '../base/settings.js';
import { t } from '../i18n/i18n.js';
import { copyLinks, save } from '../links/clipboard.js';
import { formatOptions, lines, sizeOptions } from '../links/formats.js';
import { icon } from '../ui/icons.js';
import { select, show } from '../ui/view.js';

/** @import { Picture } from '../api/types.js' */
/** @import { Pages } from './pages.js' */
/** @import { Selection } from './selection.js' */

/**
 * What can be done with the pictures that are selected; not there as long as there are none.
 *
 * @param {HTMLElement} container
 * @param {{ pages: Pages, selection: Selection, remove: (pictures: Picture[]) => void }} parts
 */
export function showSelectionBar(container, { pages, selection, remove }) {
    const selected = () => selection.among(pages.pictures);
    return show(container, () => selection.count === 0 ? nothing : html`
        <div class="selection-bar" role="toolbar" aria-label=${t('selection.bar')}>
            <strong>${t('selection.count', { n: selection.count })}</strong>
            <span class="choices">
                ${select({
                    label: t('format'),
                    value: settings.get('format'),
                    options: formatOptions().filter(([name]) => name !== 'deletion'),
                    onChange: (value) => settings.set('format', value),
                })}
                ${select({
                    label: t('size'),
                    value: settings.get('size'),
                    options: sizeOptions(),
                    onChange: (value) => settings.set('size', value),
                })}
            </span>
            <button class="primary" @click=${() => copyLinks(selected())}>${icon('copy')}${t('copy')}</button>
            <button class="wide-only" @click=${() => saveLinks(selected())}>${icon('download')}${t('saveAsText')}</button>
            <button class="danger" @click=${() => remove(selected())}>${icon('trash')}${t('delete')}</button>
            <button class="quiet icon-only" aria-label=${t('selection.clear')} title=${t('selection.clear')}
                @click=${() => selection.clear()}>${icon('close')}</button>
        </div>`, selection, settings);
}

/** @param {Picture[]} pictures */
function saveLinks(pictures) {
    save('links.txt', `${lines(pictures, settings.get('format'), settings.get('size')).join('\n')}\n`);
}
