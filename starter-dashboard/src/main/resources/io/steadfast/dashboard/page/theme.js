// Runs before the page is drawn, so that a chosen theme does not flash. Not a module for that reason.
(() => {
  const names = ['auto', 'light', 'dark'];
  const root = document.documentElement;

  function stored() {
    try {
      return localStorage.getItem('steadfast-theme');
    } catch {
      return null; // Storage may be switched off; then the choice lasts as long as the page.
    }
  }

  function use(name) {
    root.dataset.theme = names.includes(name) ? name : 'auto';
  }

  use(stored());
  addEventListener('DOMContentLoaded', () => {
    const button = document.getElementById('theme');
    const show = () => { button.textContent = { auto: 'Auto', light: 'Light', dark: 'Dark' }[root.dataset.theme]; };
    show();
    button.addEventListener('click', () => {
      use(names[(names.indexOf(root.dataset.theme) + 1) % names.length]);
      try {
        localStorage.setItem('steadfast-theme', root.dataset.theme);
      } catch { /* as above */ }
      show();
      dispatchEvent(new Event('themechange'));
    });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => dispatchEvent(new Event('themechange')));
  });
})();
