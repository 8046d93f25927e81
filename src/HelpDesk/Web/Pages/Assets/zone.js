// Offers the page in the zone of the reader's browser, where that is another. It goes nowhere of itself.
const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
for (const link of document.querySelectorAll("a[data-zone]")) {
  if (!own || own === link.dataset.zone) continue;
  const address = new URL(link.href);
  address.searchParams.set("zone", own);
  link.href = address.search;
  link.textContent = link.dataset.words.replace("{0}", () => own);
  link.hidden = false;
}
