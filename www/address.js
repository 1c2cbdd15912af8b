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
    scenario: [(value) => /^[a-z\d-]{1,64}$/.test(value),
      { en: "names such as hot-shard", ko: "hot-shard 같은 이름" }],
  };
};

/** The most of a value that is told. */
const SHOWN_MAX = 60;

/** Tells of each parameter that has a value which is not known. */
export async function check(query, views) {
  for (const [name, [isKnown, known]] of Object.entries(rules(views))) {
    const value = query.get(name);
    if (!value || isKnown(value)) continue;
    const said = `${name}=${value.length > SHOWN_MAX ? `${value.slice(0, SHOWN_MAX)}…` : value}`;
    const { tell } = await import("./foot.js");
    tell(`unknown-${name}`, {
      en: { what: `The page does not know ${said}, which its address asks for. It knows: ${known.en ?? known}.`, hide: "Hide" },
      ko: { what: `주소에 있는 ${said} 값은 알 수 없습니다. 쓸 수 있는 값: ${known.ko ?? known}`, hide: "숨기기" },
    }, { hide: undefined });
  }
}
