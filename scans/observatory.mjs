// Asks each address of a house once and grades its headers as Mozilla's HTTP Observatory does.
// node observatory.mjs PACKAGE HOST PORT COOKIE PATH ...; prints one line of JSON for each path.
import path from "node:path";
import { pathToFileURL } from "node:url";

const [folder, host, port, cookie, ...paths] = process.argv.slice(2);
const part = (name) => import(pathToFileURL(path.join(folder, "src", name)));
const { retrieve } = await part("retriever/retriever.js");
const { ALL_TESTS } = await part("constants.js");
const { getGradeForScore, getScoreModifier } = await part("grader/grader.js");
const { MINIMUM_SCORE_FOR_EXTRA_CREDIT } = await part("grader/charts.js");

for (const address of paths) {
  const headers = ["Accept: text/html", ...(cookie ? [`Cookie: ${cookie}`] : [])];
  const asked = await retrieve(host, { httpPort: port, httpsPort: port, path: address, headers });
  if (!asked.responses.auto) {
    console.log(JSON.stringify({ path: address, error: "no answer" }));
    continue;
  }
  const results = ALL_TESTS.map((test) => test(asked)).filter((each) => each.result);
  const marks = results.map((each) => getScoreModifier(each.result));
  const lost = 100 + marks.filter((mark) => mark < 0).reduce((sum, mark) => sum + mark, 0);
  const all = 100 + marks.reduce((sum, mark) => sum + mark, 0);
  const score = lost >= MINIMUM_SCORE_FOR_EXTRA_CREDIT ? all : lost;
  console.log(
    JSON.stringify({
      path: address,
      status: asked.responses.auto.status,
      score,
      grade: getGradeForScore(Math.max(score, 0)).grade,
      failed: results.filter((each) => !each.pass).map((each) => `${each.constructor.name}: ${each.result}`),
      marks: Object.fromEntries(results.map((each, n) => [each.constructor.name, marks[n]])),
    })
  );
}
