package io.steadfast.browser;

import java.util.List;

import com.microsoft.playwright.Page;

/**
 * The contrast of the colours on a page by the formula of WCAG 2: text against what is behind it, at least 4.5 to 1, and the colours of
 * the bars against a tile, at least 3 to 1.
 */
final class Contrast {

    private static final String SCRIPT = """
            () => {
              const pixel = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
              const rgba = (colour) => {
                pixel.clearRect(0, 0, 1, 1);
                pixel.fillStyle = colour;
                pixel.fillRect(0, 0, 1, 1);
                return [...pixel.getImageData(0, 0, 1, 1).data];
              };
              const light = (colour) => rgba(colour).slice(0, 3)
                .map((c) => c / 255)
                .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
                .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
              const ratio = (a, b) => {
                const [x, y] = [light(a), light(b)].sort((m, n) => n - m);
                return (x + 0.05) / (y + 0.05);
              };
              const behind = (node) => {
                for (let at = node; at; at = at.parentElement) {
                  const ground = getComputedStyle(at).backgroundColor;
                  if (rgba(ground)[3] === 255) {
                    return ground;
                  }
                }
                return 'white';
              };
              const faint = [];
              for (const node of document.querySelectorAll('body *')) {
                const own = [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
                if (own && !node.closest('.legend') && node.checkVisibility()) {
                  const found = ratio(getComputedStyle(node).color, behind(node));
                  if (found < 4.5) {
                    faint.push(node.className + ' "' + node.textContent.trim().slice(0, 20) + '" ' + found.toFixed(2));
                  }
                }
              }
              const tile = getComputedStyle(document.querySelector('.tile')).backgroundColor;
              for (const kind of document.querySelectorAll('.legend [data-outcome]')) {
                const found = ratio(getComputedStyle(kind).color, tile);
                if (found < 3) {
                  faint.push(kind.dataset.outcome + ' bars ' + found.toFixed(2));
                }
              }
              return faint;
            }
            """;

    private Contrast() {}

    /** What is hard to read; empty if nothing is. */
    @SuppressWarnings("unchecked")
    static List<String> tooFaint(Page page) {
        return (List<String>) page.evaluate(SCRIPT);
    }
}
