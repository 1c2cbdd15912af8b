// Says which values in the page's address nobody knows. Loaded when the page has begun, and only if
// its address asks for something.

const number = (least, most) => (value) => /^\d+$/.test(value) && Number(value) >= least && Number(value) <= most;
const one = (...names) => [(value) => names.includes(value), names.join(", ")];

/** For each parameter whether a value is known, and which are: alike in all languages, or one for each. */
const rules = (views) => {
  const panels = views.filter((name) => name !== "picture" && name !== "totals");
  return {
    view: [(value) => value.split(",").every((name) => views.includes(name)), views.join(", ")],
    panel: [(value) => value.split(",").every((name) => panels.includes(name)), panels.join(", ")],
    controls: one("none", "min", "full"),
    theme: one("auto", "system", "light", "dark"),
    lang: [(value) => /^(en|ko)([-_]|$)/i.test(value), "en, ko"],
    speed: [number(1, 1_000_000), { en: "whole numbers from 1 to 1000000", ko: "1에서 1000000까지의 정수" }],
    t: [(value) => /^\d{1,12}(\.\d*)?$/.test(value) && Number(value) <= 320_000_000_000,
      { en: "seconds after the beginning, such as 42.5", ko: "시작한 뒤 지난 초, 예: 42.5" }],
  };
};

/** The most of a value that is told. */
const SHOWN_MAX = 60;

const shown = (value) => (value.length > SHOWN_MAX ? `${value.slice(0, SHOWN_MAX)}…` : value);

/** Tells that there is no scenario of a name, and leads to those that there are: to the gallery, or
 * inside of another page, which has no room for it, to a page of its own. */
const tellNoScenario = (tell, name) => {
  const page = new URL(location);
  for (const parameter of ["embed", "view", "controls"]) page.searchParams.delete(parameter);
  const isEmbedded = "embed" in document.documentElement.dataset;
  const gallery = (hide) => {
    hide();
    const list = document.querySelector(".gallery");
    list.open = true;
    list.querySelector("summary").focus();
  };
  tell("unknown-scenario", {
    en: {
      what: isEmbedded
        ? `There is no scenario named “${name}”; this is the first one.`
        : `There is no scenario named “${name}”, which the page's address asks for. You see the first one of the gallery instead.`,
      gallery: "Choose a scenario", page: "Open in Shardlab", hide: "Hide",
    },
    ko: {
      what: isEmbedded
        ? `“${name}” 시나리오가 없어 첫 번째 시나리오를 보여 드립니다.`
        : `주소에 있는 “${name}” 시나리오는 없습니다. 대신 갤러리의 첫 번째 시나리오를 보여 드립니다.`,
      gallery: "시나리오 고르기", page: "Shardlab에서 열기", hide: "숨기기",
    },
  }, isEmbedded ? { page: page.href, hide: undefined } : { gallery, hide: undefined });
};

/** Tells of each parameter that has a value which is not known. `asked` is the answer to the request
 * for the scenario's file, nothing if there cannot be one. */
export async function check(query, views, asked) {
  for (const [name, [isKnown, known]] of Object.entries(rules(views))) {
    const value = query.get(name);
    if (!value || isKnown(value)) continue;
    const said = `${name}=${shown(value)}`;
    const { tell } = await import("./foot.js");
    tell(`unknown-${name}`, {
      en: { what: `The page does not know ${said}, which its address asks for. It knows: ${known.en ?? known}.`, hide: "Hide" },
      ko: { what: `주소에 있는 ${said} 값은 알 수 없습니다. 쓸 수 있는 값: ${known.ko ?? known}`, hide: "숨기기" },
    }, { hide: undefined });
  }
  const scenario = query.get("scenario");
  // What the address names behind its `#` is shown whatever the scenario is.
  if (scenario && !location.hash && (!asked || (await asked).status === 404)) {
    const { tell } = await import("./foot.js");
    tellNoScenario(tell, shown(scenario));
  }
}
