/* Saving: SVG, PNG, TSV, JSON, each named by what it holds and the versions it was made with. */

function fileName(ending) {
  const parts = ["ketamech", data.page.title, answerNow().label, state.path === null ? "" : `path ${state.path + 1}`, data.page.version, data.page.dataVersion];
  const told = parts.join(" ").toLowerCase().normalize("NFKD").replace(/[^a-z0-9.]+/g, "-").replace(/^-+|-+$/g, "");
  return `${told.slice(0, 120)}.${ending}`;
}

function hand(blob, name) {
  const link = make("a"), url = URL.createObjectURL(blob);
  Object.assign(link, { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
  say.textContent = `saved ${name}`;
}

const saveText = (text, type, ending) => hand(new Blob([text], { type: `${type};charset=utf-8` }), fileName(ending));

/* Browsers refuse larger canvases. */
const SIDE = 16000;

function savePng(times) {
  const { text, wide, high } = pictureNow();
  const factor = Math.min(times, SIDE / wide, SIDE / high);
  const image = new Image();
  image.addEventListener("load", () => {
    const sheet = document.createElement("canvas");
    Object.assign(sheet, { width: Math.round(wide * factor), height: Math.round(high * factor) });
    sheet.getContext("2d").drawImage(image, 0, 0, sheet.width, sheet.height);
    sheet.toBlob((blob) => hand(blob, fileName("png")), "image/png");
  });
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
}

const SAVERS = {
  svg: () => saveText(pictureNow().text, "image/svg+xml", "svg"),
  png: () => savePng(Number(at("times").value)),
  tsv: () => saveText(tsvNow(), "text/tab-separated-values", "tsv"),
  json: () => saveText(jsonNow(), "application/json", "json"),
};
